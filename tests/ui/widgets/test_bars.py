from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from stage.ui.widgets.bars import Sparkline, highest


def test_a_click_on_a_sparkline_picks_its_token(shown: Any) -> None:
    made = shown(Sparkline("Surprise"), 300, 32)
    picked: list[int] = []
    made.picked.connect(picked.append)
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    made.show_values([0.1, 2.0, 9.0], 1)
    made.grab()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(290, 10))
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(110, 10))
    assert picked == [2, 1]


def test_unknown_values_leave_gaps_and_the_highest_of_a_pixel_is_seen(shown: Any) -> None:
    assert highest([1.0, None, 3.0, 2.0], 2) == [(0.0, 1.0), (1.0, 3.0)]
    made = shown(Sparkline("Surprise"), 300, 36)
    made.show_values([1.0, None, 2.0], 0)
    alone = made.grab().toImage()
    made.show_values([1.0, None, 2.0], 0, [3.0, 1.0, None])
    assert made.grab().toImage() != alone
