"""Painting put off: what was arranged in one turn is painted in the next ones, part by part."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer
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
