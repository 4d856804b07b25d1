"""Going elsewhere, and back; walking at random, with a seed that is told."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from stage.kit.errors import BadInput
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part, line


@pytest.fixture
def said(desk: Desk) -> list[str]:
    heard: list[str] = []
    desk.wishes.said.connect(heard.append)
    return heard


def test_a_line_off_the_lane_brings_its_branch(desk: Desk, part: Part, loop: Any) -> None:
    desk.session.move(0, "b1")
    desk.paths.go("b2")
    loop.until(lambda: desk.session.chosen == "b2")
    assert desk.session.lanes[0].leaf == "c"
    desk.paths.go("a")  # on the lane: it stays as it is
    loop.until(lambda: desk.session.chosen == "a")
    assert desk.session.lanes[0].leaf == "c"
    desk.paths.stand("a")
    loop.until(lambda: desk.session.lanes[0].leaf == "a")
    loop.settle()
    assert ("stand", "a") in part.asked
    assert ("reach", "b2") in part.asked


def test_of_two_lines_the_one_gone_to_last_is_shown_whichever_is_known_first(
    desk: Desk, part: Part, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates = {"b2": asyncio.Event(), "b3": asyncio.Event()}

    async def reach(of: Any, *lines: str) -> None:
        for each in lines:
            await gates[each].wait()

    monkeypatch.setattr(part, "reach", reach)
    desk.paths.go("b2")
    desk.paths.stand("b3")
    loop.settle()
    gates["b3"].set()
    loop.until(lambda: desk.session.chosen == "b3")
    gates["b2"].set()
    loop.settle()
    assert (desk.session.chosen, desk.session.lanes[0].leaf) == ("b3", "b3")


def test_back_and_forth(desk: Desk, loop: Any) -> None:
    for leaf in ("b1", "b3", "b2"):
        desk.session.move(0, leaf)
    desk.session.move(0, "c")  # goes on after b2: the same place
    desk.paths.back()
    assert desk.session.lanes[0].leaf == "b3"
    desk.paths.back()
    assert desk.session.lanes[0].leaf == "b1"
    desk.paths.forth()
    assert desk.session.lanes[0].leaf == "b3"
    desk.session.move(0, "b1")
    assert desk.paths.future == []
    desk.session.show(None)
    assert desk.paths.past == []


def test_back_brings_the_chosen_line_into_sight_though_it_is_the_same(desk: Desk) -> None:
    desk.session.move(0, "c")
    desk.session.choose("a")
    desk.session.move(0, "b1")
    told: list[str] = []
    desk.session.chose.connect(lambda: told.append(desk.session.chosen))
    desk.paths.back()
    assert (desk.session.lanes[0].leaf, told) == ("c", ["a"])


def test_ids_lead_to_their_play(desk: Desk, part: Part, loop: Any, said: list[str]) -> None:
    desk.paths.go_to_id(" b1 ")
    loop.until(lambda: desk.session.chosen == "b1")
    desk.session.show(None)
    desk.paths.go_to_id("b3")
    loop.until(lambda: desk.session.chosen == "b3")
    assert desk.session.play is not None

    async def unknown(line_id: str) -> None:
        raise BadInput("There is no line x in this library; check the id.")

    part.line = unknown  # type: ignore[method-assign, assignment]
    desk.paths.go_to_id("x")
    loop.until(lambda: said == ["There is no line x in this library; check the id."])


def test_what_is_unread_is_gone_to_in_turn(desk: Desk, loop: Any) -> None:
    desk.survey.want()
    loop.until(lambda: not desk.survey.loading)
    desk.session.move(0, "b2")
    desk.survey.unread |= {"b1", "b3"}
    desk.session.choose("a")
    desk.paths.unread()
    loop.until(lambda: desk.session.chosen == "b1")
    desk.paths.unread()
    loop.until(lambda: desk.session.chosen == "b3")
    assert desk.survey.unread == set()


@pytest.mark.parametrize("by", ["ends", "lines", "branches"])
def test_a_walk_ends_at_an_end_and_says_how(
    desk: Desk, part: Part, loop: Any, said: list[str], by: Any
) -> None:
    for at in range(20):
        part.play.tree.add(line(f"z{at:02}", "b1", order=60 + at))
    desk.survey.want()
    loop.until(lambda: not desk.survey.loading)
    found: Counter[str] = Counter()
    for _ in range(24):
        desk.session.choose("")
        desk.session.move(0, "a")
        many = len(said)
        desk.paths.walk(by)
        loop.until(lambda many=many: len(said) > many)
        leaf = desk.session.lanes[0].leaf
        assert not part.play.tree.children(leaf)
        found["b1" if leaf.startswith("z") else leaf] += 1
    assert "seed 7" in said[-1]
    assert said[-1].startswith("Walk 24")
    share = found["b1"] / 24  # 20 of 22 ends, 21 of 24 lines, one of three branches
    assert share < 0.65 if by == "branches" else share > 0.65


def test_a_walk_waits_for_the_tree(desk: Desk, loop: Any, said: list[str]) -> None:
    desk.survey.want()
    loop.until(lambda: not desk.survey.loading)
    desk.survey.loading = True
    desk.paths.walk("ends")
    loop.until(lambda: bool(said))
    assert "still being read" in said[0]
