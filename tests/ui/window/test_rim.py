from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from stage.ui.dress import theme
from stage.ui.window.rim import Rim


def test_a_line_stands_at_the_side_where_the_view_is(shown: Any) -> None:
    pane = shown(QWidget(), 200, 300)
    for side, at in (("left", 199), ("right", 0)):
        rim = Rim(pane, side)
        assert rim.isHidden()
        rim.show()
        rim.place()
        assert rim.geometry().getRect() == (at, 0, 1, 300)
        ink = pane.grab().toImage().pixelColor(at, 150)
        assert ink == QColor(theme.tokens(pane).faint)
        rim.hide()
