"""One window for each library: a second start raises the first one's window."""

import getpass
import hashlib
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE = 500  # milliseconds to wait for the first window to answer
MOST = 1 << 16  # bytes that a second start may say


class Instance(QObject):
    """Holds the library's window lock, and listens for a second start.

    Signals:
        knocked: another start asked for the window.
        handed: the path of a file that the other start was to open.
    """

    knocked = Signal()
    handed = Signal(str)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        """Prepare for a library; nothing is taken yet."""
        super().__init__(parent)
        whole = f"{getpass.getuser()}/{library.expanduser().resolve()}"
        self._name = "stage-" + hashlib.blake2b(whole.encode(), digest_size=10).hexdigest()
        folder = library.expanduser().parent
        self._lock = QLockFile(str(folder / f"{library.name}.window"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)

    def take(self) -> bool:
        """Be the first. False when another window has this library.

        A folder that cannot be written is no reason to stay away: the library's own lock is
        the guard, and it speaks in words.
        """
        if not self._lock.tryLock(0) and self._lock.error() == QLockFile.LockError.LockFailedError:
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def knock(self, files: Sequence[Path] = ()) -> bool:
        """Ask the first window to come to the front, with files; False when nobody answers."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(PATIENCE):
            return False
        socket.write(json.dumps([str(file) for file in files]).encode() + b"\n")
        socket.waitForBytesWritten(PATIENCE)
        socket.disconnectFromServer()
        return True

    def release(self) -> None:
        """Let the next one be the first."""
        self._server.close()
        self._lock.unlock()

    def _connected(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(partial(self._heard, connection))

    def _heard(self, connection: QLocalSocket) -> None:
        said = bytes(connection.read(MOST).data())
        connection.deleteLater()
        self.knocked.emit()
        try:
            files = json.loads(said or b"[]")
        except ValueError:
            files = []
        for file in files if isinstance(files, list) else ():
            self.handed.emit(str(file))
