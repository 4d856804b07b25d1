from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from stage.director.records import Version
from stage.play.persona import edited
from stage.ui.delegates.rows import BELOW
from stage.ui.desk.desk import Desk
from stage.ui.members.casting import Casting
from stage.ui.members.versions import Versions
from tests.ui.helpers import Part


@pytest.fixture
def versions(desk: Desk, part: Part, shown: Any, monkeypatch: pytest.MonkeyPatch) -> Versions:
    card = part.play.scene.cast["ada"].persona
    new = edited(card, {"description": "You count sheep."})

    async def found(member: Any) -> list[Version]:
        if member.id != "ada":
            return []
        return [
            Version(card.version, None, 0.0, card),
            Version(new.version, card.version, 1.0, new),
        ]

    monkeypatch.setattr(part, "versions", found)
    made: Versions = shown(Versions(Casting(desk, desk.session)), 700, 300)
    made.refresh()
    return made


def test_versions_are_listed_compared_and_gone_back_to(
    versions: Versions, part: Part, loop: Any
) -> None:
    QAbstractItemModelTester(versions.rows, versions)
    loop.until(lambda: versions.rows.rowCount() == 2)
    titles = [versions.rows.index(at).data() for at in range(2)]
    assert titles[0].startswith("2 · Ada · ")
    assert titles[1].endswith("played here")
    assert "changed: Description · " in versions.rows.index(0).data(BELOW), "as the card calls it"
    assert versions.list.currentIndex().row() == 1
    assert versions.text.toPlainText() == "It was made of no other version."
    assert not versions.revert.isEnabled(), "it is played already"
    versions.list.setCurrentIndex(versions.rows.index(0))
    loop.until(lambda: "You count [−things−]." in versions.text.toPlainText())
    assert versions.text.toPlainText().startswith("Description\n")
    assert "You count [+sheep+]." in versions.text.toPlainText()
    versions.revert.click()
    loop.settle()
    wanted = versions.rows.rows[0].hash
    assert ("do", "recast", {"persona": wanted, "member": "Ada", "line": "b1"}) in part.asked
    versions.list.setCurrentIndex(versions.rows.index(1))
    versions.against.setCurrentIndex(1)
    versions._show()
    loop.until(lambda: versions.text.toPlainText() == "Both say the same.")


def test_a_version_is_written_as_a_card(
    versions: Versions, desk: Desk, loop: Any, tmp_path: Any
) -> None:
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    loop.until(lambda: versions.rows.rowCount() == 2)
    versions.write(str(tmp_path / "ada.json"))
    loop.until(lambda: bool(said))
    assert (tmp_path / "ada.json").is_file()
    versions.write(str(tmp_path / "ada.json"))
    loop.until(lambda: len(said) == 2)
    assert "cannot be written" in said[1]


def test_a_card_that_the_library_does_not_know_is_its_only_version(
    versions: Versions, loop: Any
) -> None:
    versions._casting.choose("ben")
    versions.refresh()
    loop.until(lambda: versions.rows.rowCount() == 1)
    assert "as it came" in versions.rows.index(0).data(0x0101)
