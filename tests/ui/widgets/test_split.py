from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from stage.ui.dress import theme
from stage.ui.widgets.split import GAP, Split


def test_a_thin_line_parts_two_grounds(shown: Any) -> None:
    split = Split(Qt.Orientation.Horizontal, ground="surface")
    for _ in range(2):
        split.addWidget(QWidget())
    shown(split, 203, 50)
    scheme, handle = theme.tokens(split), split.handle(1)
    left = handle.x() + handle.contentsRect().left()
    inks = [split.grab().toImage().pixelColor(left + at, 25) for at in range(GAP)]
    assert inks == [QColor(scheme.surface), QColor(scheme.rule), QColor(scheme.surface)]


def test_parts_come_and_go(shown: Any) -> None:
    split = shown(Split(Qt.Orientation.Vertical), 100, 200)
    split.setHandleWidth(1)
    parts = [QWidget() for _ in range(3)]
    split.addWidget(parts[0])
    split.addWidget(parts[2])
    split.insertWidget(1, parts[1])
    assert split.indexOf(parts[1]) == 1
    for part in parts:
        part.setParent(None)
        split.grab()
    assert split.count() == 0
    split.insertWidget(0, parts[0])
    split.addWidget(parts[1])
    parts[0].show()
    parts[1].show()
    line = split.handle(1).geometry().center()
    assert split.grab().toImage().pixelColor(line) == QColor(theme.tokens(split).rule)
