"""Something done once, a moment after it was asked for any number of times."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

WAIT = 30  # milliseconds: not seen, but another turn of the loop


class Soon(QTimer):
    """Keeps what many signals cause out of the turn of the loop that they come in."""

    def __init__(self, do: Callable[[], object], parent: QObject, wait: int = WAIT) -> None:
        """Do something later, after so many milliseconds; nothing is waiting yet."""
        super().__init__(parent, singleShot=True, interval=wait)
        self.timeout.connect(do)

    def ask(self) -> None:
        """Want it done."""
        if not self.isActive():
            self.start()
