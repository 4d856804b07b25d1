from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip, QWidget

from stage.ui.lanes.ink import Tint
from stage.ui.lens.tints import Lens


def test_a_tip_is_text_and_never_markup(shown: Any) -> None:
    widget = shown(QWidget(), 100, 100)
    lens = Lens()
    assert not lens
    tints = [Tint(0, 1, 0.5, 0)]
    assert lens.set("1", tints, ["<img src='/dev/zero'>"])
    assert not lens.set("1", tints, ["same"])
    assert lens.tints("1") is tints
    lens.point("1", 0, QPoint(5, 5), widget)
    assert "<img" not in QToolTip.text()
    assert "&lt;img" in QToolTip.text()
    lens.point("1", -1, QPoint(5, 5), widget)
    lens.clear()
    assert lens.tints("1") == ()
    QToolTip.hideText()
