from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.director.runs.asking import Asked
from stage.play.line import Status
from stage.ui.desk.desk import Desk
from stage.ui.runs.draft import Draft
from tests.ui.helpers import Part


@pytest.fixture
def draft(desk: Desk, shown: Any) -> Draft:
    made: Draft = shown(Draft(desk), 700, 130)
    made.refresh()
    return made


def test_it_begins_with_the_line_on_stage_and_whoever_is_next(draft: Draft) -> None:
    assert draft.after.text() == "After Ben: One."
    assert list(draft.members) == ["ada", "ben"]
    asked = draft.asked()
    assert (asked.members, asked.models, asked.seed) == (("ada",), ("base",), None)
    assert draft.start.isEnabled()
    assert draft.sum.text() == f"{asked.takes} takes"


def test_members_models_takes_and_seed_are_multiplied(draft: Draft) -> None:
    asked: list[Any] = []
    draft.wanted.connect(lambda line, what: asked.append((line, what)))
    draft.members["ben"].click()
    draft.models["chat"].click()
    draft.takes.set_value(3)
    draft.seed.setFocus()
    QTest.keyClicks(draft.seed, "12")
    assert draft.sum.text() == "12 takes, one member after another"
    QTest.keyClick(draft.seed, Qt.Key.Key_Return)
    draft.seed.clear()
    QTest.keyClick(draft.seed, Qt.Key.Key_Return)
    QTest.keyClicks(draft.seed, "9999999999")
    QTest.keyClick(draft.seed, Qt.Key.Key_Return)
    assert [each.seed for _, each in asked] == [12, None]
    assert asked[0] == ("b1", Asked(("ada", "ben"), ("base", "chat"), 3, 12))
    assert draft.sum.text() == "Seeds go up to 2,147,483,647."


def test_where_nobody_is_chosen_it_says_so(draft: Draft) -> None:
    draft.members["ada"].click()
    assert not draft.start.isEnabled()
    assert draft.sum.text() == draft.start.toolTip() == "Choose somebody and a model."


def test_a_line_that_is_still_said_waits(draft: Draft, part: Part) -> None:
    part.play.tree.add(replace(part.play.tree["b1"], status=Status.RUNNING))
    draft.refresh()
    assert "still being said" in draft.sum.text()


def test_a_run_is_drafted_once_more_after_its_own_line(draft: Draft, desk: Desk) -> None:
    draft.again("a", Asked(("ben",), ("chat",), 7, 5))
    assert (draft.line, draft.asked()) == ("a", Asked(("ben",), ("chat",), 7, 5))
    assert draft.after.text() == "After Ada: First words."
    desk.session.move(0, "c")
    assert draft.line == "a"
    draft.stage.click()
    assert draft.line == "c"
    assert not draft.stage.isVisible()


def test_without_a_play_nothing_can_be_asked_for(draft: Draft, desk: Desk) -> None:
    desk.session.show(None)
    assert draft.lacks() == "No play is open."
