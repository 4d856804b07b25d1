"""A tag: its name, what it reaches and does; taken off again."""

from __future__ import annotations

from typing import Any

from PySide6.QtTest import QTest

from stage.play.tags import Tag
from stage.ui.dialogs.tagging import AskTag


def test_a_new_tag_with_what_it_reaches(shown: Any) -> None:
    made = shown(AskTag({}, {"good": Tag("good")}))
    assert not made.keep.isEnabled()
    assert not made.take_off.isVisible()
    QTest.keyClicks(made.name, "late")
    made.scope.setCurrentIndex(1)
    made.mode.setCurrentIndex(1)
    made.colour.setCurrentIndex(3)
    made.key.setCurrentIndex(2)
    made.keep.click()
    assert made.given == {
        "name": "late", "scope": "subtree", "mode": "hide", "colour": "pink", "key": "2",
    }  # fmt: skip


def test_a_tag_of_the_play_is_offered_as_it_usually_is(shown: Any) -> None:
    known = {"odd": Tag("odd", "subtree", "hide", "red", "1"), "good": Tag("good", key="4")}
    made = shown(AskTag({}, known))
    made.name.setText("odd")
    chosen = [each.currentData() for each in (made.scope, made.mode, made.colour, made.key)]
    assert chosen == ["subtree", "hide", "red", "1"]
    assert made.key.findData("4") < 0  # another tag has it
    made.keep.click()
    assert made.given == {"name": "odd", "scope": "subtree", "mode": "hide"}  # its look stays


def test_a_tag_that_is_there_is_shown_and_can_be_taken_off(shown: Any) -> None:
    made = shown(AskTag({"good": {"scope": "path", "mode": "only"}}, {}))
    assert made.name.text() == "good"
    assert (made.scope.currentData(), made.mode.currentData()) == ("path", "only")
    made.take_off.click()
    assert made.given == {"name": "good", "off": True}
