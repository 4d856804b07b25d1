"""What is seen before the library is open: the window's frame, and in words what is waited for."""

import asyncio
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFont, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from stage.ui.desk.saved import Saved
from stage.ui.dress import fonts, theme
from stage.ui.widgets.labels import label
from stage.ui.widgets.nothing import Nothing
from stage.ui.window.rail import Rail

SMALLEST = (1024, 640)
USUAL = (1280, 800)
TITLE = 40  # pixels that a title bar takes of a screen
SOON = 400  # milliseconds that pass before it is said that something is waited for
MOST = 0.5  # seconds to wait for a desktop that shows nothing


class Curtain(QWidget):
    """The top of all: first the frame alone, then the window that rises in it.

    Signals:
        close_wanted: the user closes it.
    """

    close_wanted = Signal()

    def __init__(self, saved: Saved) -> None:
        """Be as large as the window was; nothing is known of the library yet."""
        super().__init__()
        self._seen = asyncio.Event()
        self._up = False
        self._nothing = Nothing(self)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._stack = QStackedLayout(self)
        self._frame = self._framed(str(saved.get("view", "stage")))
        self._stack.addWidget(self._frame)
        self.setWindowTitle("Stage")
        self._frame.setMinimumSize(*SMALLEST)
        self.resize(size(saved))
        self._soon.timeout.connect(self._opening)
        self._nothing.wanted.connect(self.close)

    def _framed(self, view: str) -> QWidget:
        """Bars and rail where the window will have them."""
        frame, top, foot = QWidget(self), QWidget(self), QWidget(self)
        rail = Rail(frame)
        rail.mark(view if view in rail.places else "stage")
        rail.setEnabled(False)
        for part, kind in ((top, "pane-bottom"), (foot, "pane-top")):
            part.setObjectName("pane")
            theme.dress(part, kind)
        name = label("Stage", font=fonts.interface(weight=QFont.Weight.Bold))
        high = name.fontMetrics().height()
        top.setFixedHeight(high + 12)
        top.installEventFilter(self)
        foot.setFixedHeight(max(30, high + 14))
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 0, 0, 1)
        row.addWidget(name)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(rail)
        middle.addWidget(self._nothing, 1)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addLayout(middle, 1)
        column.addWidget(foot)
        return frame

    async def draw(self) -> None:
        """Show the frame, and wait until it is painted; what follows may keep the loop busy."""
        self.show()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._seen.wait(), MOST)

    def wait(self) -> None:
        """The library is being opened; where that lasts, it is said."""
        self._soon.start()

    def rise(self, window: QWidget) -> None:
        """Show the window in the frame's place."""
        self._soon.stop()
        self._up = True
        self.setWindowTitle(window.windowTitle())
        window.windowTitleChanged.connect(self.setWindowTitle)
        self._stack.addWidget(window)
        self._stack.setCurrentWidget(window)

    async def tell(self, sentence: str) -> None:
        """Say why there is no window, until that is read."""
        self._soon.stop()
        self._up = True
        self._nothing.say(sentence, act=self.tr("Close"))
        self._stack.setCurrentWidget(self._frame)
        self.show()
        self._nothing.act.setFocus(Qt.FocusReason.OtherFocusReason)
        read = asyncio.Event()
        self.close_wanted.connect(read.set)
        await read.wait()

    def come(self) -> None:
        """Come to the front."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def _opening(self) -> None:
        self._nothing.say(self.tr("Opening the library ..."))

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Once its bar is painted it is seen; the curtain itself is covered and never painted."""
        if event.type() == QEvent.Type.Paint and not self._seen.is_set():
            QTimer.singleShot(0, self._seen.set)
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is whoever opened it's to do; nobody waits for a library in vain."""
        event.ignore()
        if not self._up:
            self.hide()
        self.close_wanted.emit()


def size(saved: Saved) -> QSize:
    """How large the window was, as far as the screen has room, its title bar counted in."""
    kept = saved.get("size")
    known = isinstance(kept, list) and len(kept) == 2 and all(isinstance(n, int) for n in kept)
    room = QGuiApplication.primaryScreen().availableSize() - QSize(0, TITLE)
    return (QSize(*kept) if known else QSize(*USUAL)).boundedTo(room)
