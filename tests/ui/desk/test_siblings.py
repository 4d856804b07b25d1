"""From a line to its siblings, and on to another take."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.ui.desk.desk import Desk
from tests.ui.desk.test_turns import Cards
from tests.ui.helpers import Part, line


def test_siblings_restore_the_branch_below(desk: Desk, part: Part, loop: Any) -> None:
    desk.siblings.switch("b1", 1)
    assert desk.session.lanes[0].leaf == "c"
    assert desk.session.chosen == "b2"
    desk.siblings.go(1)
    assert desk.session.lanes[0].leaf == "b3"
    desk.siblings.go(-1)
    assert desk.session.lanes[0].leaf == "c"
    loop.settle()
    assert ("stand", "c") in part.asked


def test_after_the_last_take_another_one_is_made(desk: Desk, part: Part) -> None:
    last = part.play.tree.visible("a")[-1]
    desk.session.move(0, last)
    desk.siblings.switch(last, 1)
    (turn,) = part.turns()
    assert (turn.parent, turn.models, turn.takes) == ("a", (part.play.tree[last].model,), 1)
    assert desk.session.lanes[0].leaf == "a", "the lane waits where the take will stand"
    told = Cards(desk)
    desk.session.move(0, last)
    desk.siblings.switch(last, 1)
    assert len(part.turns()) == 1
    assert told.hints == ["A line is still being said."]


def test_before_the_first_and_after_a_typed_line_one_goes_round(desk: Desk, part: Part) -> None:
    first, *_, last = part.play.tree.visible("a")
    desk.siblings.switch(first, -1)
    assert desk.session.chosen == last
    part.play.tree.add(line("t1", "b1", model=None))
    part.play.tree.add(line("t2", "b1", model=None))
    desk.session.move(0, "t2")
    desk.siblings.switch("t2", 1)
    assert desk.session.chosen == "t1"
    assert part.turns() == []


def test_a_line_that_was_deleted_just_now_has_no_siblings_to_go_to(desk: Desk, part: Part) -> None:
    part.play.tree.add(replace(part.play.tree["b1"], hidden=True))
    desk.siblings.switch("b1", -1)
    assert desk.session.lanes[0].leaf == "b1"


def test_after_a_take_that_was_worded_anew_its_model_makes_another_one(
    desk: Desk, part: Part
) -> None:
    last = part.play.tree[part.play.tree.visible("a")[-1]]
    part.play.tree.add(replace(last, id="own", model=None, text="My words."))
    desk.session.move(0, "own")
    desk.siblings.switch("own", 1)
    (turn,) = part.turns()
    assert (turn.parent, turn.speaker, turn.models) == ("a", last.speaker, (last.model,))
