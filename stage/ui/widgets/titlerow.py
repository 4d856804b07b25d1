"""The row at the top of a view: its title, what is counted, what can be chosen."""

from collections.abc import Iterable

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.ui.dress import fonts, theme

LEAST, AIR, EDGE = 44, 20, 18  # pixels: of the row, over and under its title, at its ends


def title_font() -> QFont:
    """What the title of a view is written in."""
    return fonts.interface(fonts.TITLE, QFont.Weight.Bold)


def title_row(pane: QWidget) -> QHBoxLayout:
    """Make a widget the row at the top of a view; its parts go into the layout given back."""
    pane.setObjectName("pane")
    theme.dress(pane, "pane-bottom")
    pane.setFixedHeight(max(LEAST, QFontMetrics(title_font()).height() + AIR))
    row = QHBoxLayout(pane)
    row.setContentsMargins(EDGE, 0, EDGE, 0)
    row.setSpacing(10)
    return row


def together(parts: Iterable[QWidget]) -> QHBoxLayout:
    """Choices of one kind, side by side."""
    row = QHBoxLayout()
    row.setSpacing(2)
    for each in parts:
        row.addWidget(each)
    return row
