"""A tag: its name, what it reaches and does; taken off again."""

from __future__ import annotations

from typing import Any

from PySide6.QtTest import QTest

from stage.ui.dialogs.tagging import AskTag


def test_a_new_tag_with_what_it_reaches(shown: Any) -> None:
    made = shown(AskTag({}, ["good"]))
    assert not made.keep.isEnabled()
    assert not made.take_off.isVisible()
    QTest.keyClicks(made.name, "late")
    made.scope.setCurrentIndex(1)
    made.mode.setCurrentIndex(1)
    made.keep.click()
    assert made.given == {"name": "late", "scope": "subtree", "mode": "hide"}


def test_a_tag_that_is_there_is_shown_and_can_be_taken_off(shown: Any) -> None:
    made = shown(AskTag({"good": {"scope": "path", "mode": "only"}}, []))
    assert made.name.text() == "good"
    assert (made.scope.currentData(), made.mode.currentData()) == ("path", "only")
    made.take_off.click()
    assert made.given == {"name": "good", "off": True}
