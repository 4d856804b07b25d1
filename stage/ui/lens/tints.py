"""Token tints of a transcript, and what is said over a token."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QToolTip, QWidget

from stage.ui.lanes.ink import Tint
from stage.ui.widgets.labels import plain_tip


class Lens:
    """Tints and tips by line; remembers which token the mouse is over."""

    def __init__(self) -> None:
        """Start clear."""
        self._tints: dict[str, Sequence[Tint]] = {}
        self._tips: dict[str, Sequence[str]] = {}
        self._over: tuple[str, int] = ("", -1)

    def __bool__(self) -> bool:
        """Whether any line is tinted."""
        return bool(self._tints)

    def set(self, line_id: str, tints: Sequence[Tint], tips: Sequence[str]) -> bool:
        """Tint a line; False when it was so already."""
        if self._tints.get(line_id) is tints:
            return False
        self._tints[line_id], self._tips[line_id] = tints, tips
        return True

    def clear(self) -> None:
        """Show text without tints."""
        self._tints.clear()
        self._tips.clear()

    def tints(self, line_id: str) -> Sequence[Tint]:
        """The tints of a line."""
        return self._tints.get(line_id, ())

    def point(self, line_id: str, token: int, at: QPoint, widget: QWidget) -> None:
        """The mouse is over a token (-1: none): say what else it might have been."""
        if (line_id, token) == self._over:
            return
        self._over = (line_id, token)
        tips = self._tips.get(line_id, ())
        if 0 <= token < len(tips):
            QToolTip.showText(at, plain_tip(tips[token], columns=True), widget, QRect())
        else:
            QToolTip.hideText()
