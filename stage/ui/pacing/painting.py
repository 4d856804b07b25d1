"""Painting put off: what was arranged in one turn is painted in the next ones, part by part."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

LATER = 1  # millisecond: none would be a call in this same turn


def paint_once(widget: QWidget) -> None:
    """Have Qt paint all of a widget: what changed is painted with its ground and by itself."""
    parts = [each for each in widget.children() if isinstance(each, QWidget)]
    for part in parts if widget.isVisible() else ():
        if len(parts) == 1:
            paint_once(part)
        elif not part.isWindow():
            part.raise_()  # each in turn: they stay in the order they were in


def paint_later(widget: QWidget) -> None:
    """What is changed in a widget in this turn is painted in the next one."""
    if widget.updatesEnabled() and widget.isVisible():
        widget.setUpdatesEnabled(False)
        QTimer.singleShot(LATER, widget, partial(_paint_now, widget))


def _paint_now(widget: QWidget) -> None:
    widget.setUpdatesEnabled(True)
    paint_once(widget)


class OwnTurn(QObject):
    """A window is painted in the turn after the one that changed it: what is due comes before."""

    def __init__(self, window: QWidget) -> None:
        """Stand between a window and its painting."""
        super().__init__(window)
        self._window, self._put_off = window, False
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask_again)
        window.installEventFilter(self)

    def _ask_again(self) -> None:
        asked, low = QEvent(QEvent.Type.UpdateRequest), Qt.EventPriority.LowEventPriority
        QCoreApplication.postEvent(self._window, asked, low.value)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Let it be painted when that is asked for again: Qt asks once until it was."""
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        self._put_off = not self._put_off
        if self._put_off:
            self._timer.start()
        return self._put_off


class Painting(QObject):
    """Parts of a window that look as before until it is their turn.

    All of them change within the time that a screen shows one picture, or two.
    """

    def __init__(self, parts: Sequence[QWidget], parent: QObject) -> None:
        """Paint the first part first; nothing waits yet."""
        super().__init__(parent)
        self._parts, self._left = tuple(parts), list[QWidget]()
        self._timer = QTimer(self, singleShot=True, interval=LATER)
        self._timer.timeout.connect(self._turn)

    def put_off(self) -> None:
        """Paint no part before the turns that come."""
        self._left = [*self._parts]
        for each in self._left:
            each.setUpdatesEnabled(False)
        self._timer.start()

    def _turn(self) -> None:
        while self._left:
            part = self._left.pop(0)
            _paint_now(part)
            if part.isVisible() and self._left:
                self._timer.start()
                return
