"""The edge of a pane that lies over the view."""

from typing import Literal

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stage.ui.dress import theme


class Rim(QWidget):
    """A line at the side of a pane that the view is at; a sheet would dress all in it anew."""

    def __init__(self, pane: QWidget, side: Literal["left", "right"]) -> None:
        """Belong to the pane of a side; nothing is seen yet."""
        super().__init__(pane)
        self._pane, self._side = pane, side
        self.hide()

    def place(self) -> None:
        """Stand at the edge of the pane, over all that is in it."""
        left = self._pane.width() - 1 if self._side == "left" else 0
        self.setGeometry(left, 0, 1, self._pane.height())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint one line."""
        QPainter(self).fillRect(self.rect(), QColor(theme.tokens(self).faint))
