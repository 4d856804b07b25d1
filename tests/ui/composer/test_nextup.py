"""Who speaks next, and why."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from stage.ui.composer.nextup import NextUp
from stage.ui.desk.desk import Desk
from stage.ui.widgets.buttons import Chip


def test_one_chip_is_chosen_and_a_click_chooses_another(desk: Desk, shown: Any) -> None:
    made = NextUp(desk, shown(QWidget(), 640, 200))
    made.resize(440, 60)
    made.show()
    made.offer(desk.session.cast)
    assert made.chosen() is made.chips["ada"], "the first one, where nobody is next"
    made.choose("ben", "round robin: next after Ada")
    assert [chip.isChecked() for chip in made.chips.values()] == [False, True, False]
    assert made.chosen() is made.chips["ben"]
    assert "round robin: next after Ada" in made.name.toolTip()
    made.chips["ada"].click()
    assert desk.session.picked == "ada"


def test_chips_stay_and_become_others(desk: Desk, shown: Any, qtbot: Any) -> None:
    made = shown(NextUp(desk, shown(QWidget(), 640, 200)), 440, 60)
    ada, ben, guest = desk.session.cast
    made.offer((ada, ben))
    first = made.chips["ada"]
    first.setFocus()
    made.offer((guest, ben, ada))
    assert made.chips["guest"] is first
    assert (first.text(), first.accessibleName()) == ("Guest", "Guest")
    assert [chip.isVisible() for chip in made.chips.values()] == [True] * 3
    made.chips["ada"].click()
    assert desk.session.picked == "ada"

    def beside_each_other() -> bool:
        lefts = [chip.x() for chip in made.chips.values()]
        return lefts == sorted(set(lefts))

    qtbot.waitUntil(beside_each_other, timeout=20_000)
    made.offer((ben,))
    assert list(made.chips) == ["ben"]
    assert first.text() == "Ben"
    qtbot.waitUntil(lambda: len(made.findChildren(Chip)) == 1, timeout=20_000)


def test_who_is_off_stage_is_told_on_its_chip(desk: Desk, shown: Any) -> None:
    row = NextUp(desk, shown(QWidget(), 640, 200))
    row.offer(desk.session.cast)
    row.tell_away({"ada", "guest"})
    said = {name: chip.accessibleDescription() for name, chip in row.chips.items()}
    assert said == {"ada": "", "ben": "off stage", "guest": ""}
    row.tell_away({"ada", "ben", "guest"})
    assert row.chips["ben"].toolTip() == ""
