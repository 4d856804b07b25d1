from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from stage.ui.replay.scrubber import STEPS, Scrubber


def test_a_click_goes_there_and_standing_tells_nobody(shown: Any) -> None:
    scrubber = shown(Scrubber("Place"), 214, 26)
    told: list[int] = []
    scrubber.valueChanged.connect(told.append)
    scrubber.stand(0.25)
    assert scrubber.value() == STEPS // 4
    assert told == []
    QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=QPoint(157, 13))
    assert abs(told[0] / STEPS - 0.75) < 0.02


def test_ticks_in_their_thousands_are_painted(shown: Any) -> None:
    scrubber = shown(Scrubber("Place"), 214, 26)
    scrubber.show_ticks([(at / 5000, at) for at in range(5000)])
    assert not scrubber.grab().isNull()
