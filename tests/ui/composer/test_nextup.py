"""Who speaks next, and why."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from stage.ui.composer.nextup import NextUp
from stage.ui.desk.desk import Desk


def test_one_chip_is_chosen_and_the_reason_is_not_cut_in_a_narrow_lane(
    desk: Desk, shown: Any
) -> None:
    made = NextUp(desk, shown(QWidget(), 640, 200))
    made.resize(440, 60)
    made.show()
    made.offer(desk.session.cast)
    assert made.chosen() is made.chips["ada"], "the first one, where nobody is next"
    made.choose("ben", "round robin: next after Ada")
    made.layout().activate()
    assert [chip.isChecked() for chip in made.chips.values()] == [False, True, False]
    assert made.chosen() is made.chips["ben"]
    assert " ".join(made.reason.rows()) == "round robin: next after Ada"
    made.chips["ada"].click()
    assert desk.session.picked == "ada"
