from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QRect

from stage.director.events import LineEnded, LineGrew, LineStarted
from stage.director.opened import OpenPlay
from stage.play.line import Cut, Status
from stage.play.tree import Tree
from stage.ui.desk.desk import Desk
from stage.ui.lanes.entries import MOST
from stage.ui.lanes.lane import LaneView
from tests.play.test_growth import Shelf
from tests.ui.helpers import Part, line, play


def texts(lane: LaneView) -> list[str]:
    return [placed.entry.text for placed in lane.text.script.placed]


def test_a_line_streams_into_the_lane_that_stands_on_it(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    lane = shown(LaneView(desk, 0), 500, 400)
    desk.session.pick("ada")
    desk.turns.speak()
    made = line("n", "b1", status=Status.RUNNING, reason=None)
    part.play.tree.add(made)
    part.told.fire(LineStarted(made))
    assert texts(lane)[-1] == ""
    for text in ("On", "Once up", "Once upon"):
        part.told.fire(LineGrew(line("n", "b1", text, status=Status.RUNNING, reason=None,
                                     generated=12), (), 2.0))  # fmt: skip
    loop.until(lambda: texts(lane)[-1] == "Once upon")
    assert lane.text.script.placed[-1].entry.pace == "6.0 tok/s"
    ended = line("n", "b1", "Once upon.", reason=Cut.EOG)
    part.play.tree.add(ended)
    part.told.fire(LineEnded(ended, 2.0))
    assert texts(lane)[-1] == "Once upon."
    assert not lane.text.script.placed[-1].entry.running


def test_the_header_says_model_frame_and_prompt(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    lane = shown(LaneView(desk, 0), 500, 400)
    assert lane.head._model.text() == "Each with its own model"
    loop.until(lambda: bool(lane.head._facts.text()))
    assert lane.head._frame.text() == "transcript"
    assert lane.head._facts.text() == "4 tokens, 3 kept"
    desk.session.set_lanes(2)
    assert lane.head._model.text() == "stage-base"
    loop.until(lambda: lane.head._facts.text() == "4 tokens, 3 kept")  # of its own model's line
    desk.shelf.prepared.emit("base", "reading prompt 512/2,048")
    assert lane.head._facts.text() == "reading prompt 512/2,048"
    desk.shelf.prepared.emit("base", "")
    assert lane.head._facts.text() == "4 tokens, 3 kept"


def test_an_empty_play_says_how_it_begins(desk: Desk, part: Part, shown: Any) -> None:
    lane = shown(LaneView(desk, 0), 500, 400)
    desk.session.show(play(line("x", "r", "Gone.", hidden=True)))
    assert texts(lane) == []
    image = lane.text.viewport().grab(QRect(60, 14, 300, 24)).toImage()
    inks = {image.pixel(x, y) for x in range(300) for y in range(24)}
    assert len(inks) > 3, "words are painted"


def test_tokens_are_tinted_when_wanted(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    lane = shown(LaneView(desk, 0), 500, 400)
    assert not lane.text.lens
    desk.prefs.set("colour_tokens", True)
    loop.until(lambda: bool(lane.text.lens))
    assert lane.text.lens.tints("b1")
    desk.prefs.set("colour_tokens", False)
    assert not lane.text.lens


def test_the_token_that_is_looked_at_has_a_line_round_it_without_colours(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    lane = shown(LaneView(desk, 0), 500, 400)
    desk.session.choose("b1")
    loop.until(lambda: desk.looks.sight("b1", "chat") is not None)
    plain = lane.text.grab().toImage()
    desk.wishes.token.emit("b1", 1)
    marked = lane.text.grab().toImage()
    assert marked != plain
    desk.wishes.token.emit("b1", 2)
    assert lane.text.grab().toImage() not in (plain, marked)
    desk.session.choose("a")
    desk.session.choose("b1")
    assert lane.text.grab().toImage() == plain, "another line was chosen: nothing is looked at"


def test_choosing_by_click_reaches_the_session(desk: Desk, shown: Any) -> None:
    lane = shown(LaneView(desk, 0), 500, 400)
    lane.text.chosen.emit("a")
    assert desk.session.chosen == "a"
    lane.text.switched.emit("b1", -1)
    assert desk.session.lanes[0].leaf == "b3"
    assert texts(lane)[-1] == "Three."


def test_places_among_siblings_come_behind_a_long_path(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    lines = [*part.play.tree]
    above = "b1"
    for number in range(100):
        lines.append(line(f"z{number:03}", above, f"text {number}"))
        above = lines[-1].id
    whole = Tree([*lines, line("zz", "b1", "another")])
    part.play.tree = Tree(stored=Shelf(whole))
    desk.session.show(part.play)
    desk.session.move(0, above)
    lane = shown(LaneView(desk, 0), 500, 400)
    loop.until(lambda: ("surround", above) in part.asked)
    loop.until(
        lambda: any(p.entry.id == "z000" and p.entry.of == 2 for p in lane.text.script.placed)
    )


def test_of_a_long_path_the_line_that_is_chosen_is_seen(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    ids = [f"z{number:03}" for number in range(3 * MOST)]
    chain = [line(id_, above, "Words.") for above, id_ in pairwise(["b1", *ids])]
    part.play.tree = Tree([*part.play.tree, *chain, line("zz", "b1", "another")])
    desk.session.show(part.play)
    desk.session.move(0, "zz")
    lane = shown(LaneView(desk, 0), 500, 400)
    desk.session.choose("zz", 0)
    loop.settle()
    desk.siblings.go(-1)
    loop.settle()
    loop.until(lambda: len(lane.text.script.entries) > len(ids))
    assert desk.session.chosen == "z000"
    assert "z000" in lane.text.visible_lines()


def test_siblings_are_asked_for_though_those_of_the_play_before_were_still_read(
    desk: Desk, part: Part, shown: Any, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def long(name: str) -> OpenPlay:
        lines = [line(f"{name}0", "r", "First.")]
        for at in range(1, 100):
            lines.append(line(f"{name}{at}", f"{name}{at - 1}", f"text {at}"))
        made = play(*lines)
        made.tree = Tree(stored=Shelf(made.tree))
        return made

    asked: list[str] = []
    gate = asyncio.Event()

    async def surround(of: OpenPlay, leaf: str) -> bool:
        asked.append(leaf)
        await gate.wait()
        return False

    monkeypatch.setattr(part, "surround", surround)
    first, second = long("y"), long("z")
    shown(LaneView(desk, 0), 500, 400)
    for of, leaf in ((first, "y99"), (second, "z99")):
        part.play = of
        desk.session.show(of)
        desk.session.move(0, leaf)
        loop.settle()
    assert "y99" in asked
    assert "z99" not in asked
    gate.set()
    loop.until(lambda: "z99" in asked)
    gate.clear()
    desk.session.show(None)


def test_a_line_of_the_play_before_may_end_when_another_one_is_on_stage(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    lanes = [shown(LaneView(desk, at), 500, 400) for at in (0, 1)]
    desk.session.set_lanes(2)
    said = line("m", "b1", "Once", status=Status.RUNNING, reason=None, model="base")
    part.play.tree.add(said)
    desk.session.move(1, "m")
    loop.settle()
    desk.session.saved.put_play("p", lanes=[])
    part.play = play(line("x", "r", "Elsewhere."))
    desk.session.show(part.play)
    assert texts(lanes[0]) == ["Elsewhere."]
    assert lanes[1].text.script.index("m") >= 0, "a lane that is not wanted still has it"
    part.told.fire(LineEnded(said, 0.5))
    assert texts(lanes[0]) == ["Elsewhere."]


def test_a_take_that_begins_beside_a_line_above_is_counted_there(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    desk.session.move(0, "c")  # under b2, one of three
    lane = shown(LaneView(desk, 0), 500, 400)
    made = line("b4", "a", speaker="ben", model="chat", status=Status.RUNNING, reason=None)
    part.play.tree.add(made)
    part.told.fire(LineStarted(made))

    def counted() -> list[int]:
        return [placed.entry.of for placed in lane.text.script.placed]

    loop.until(lambda: counted() == [1, 4, 1])
