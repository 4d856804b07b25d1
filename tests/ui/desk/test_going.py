"""Going to plays and lines from anywhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from stage.ui.desk.going import go_to_line, go_to_play, open_play
from stage.ui.window.window import Window
from tests.ui.helpers import Part, desk_of, line, play


def test_a_line_is_shown_and_chosen_on_stage(stacks: Any, loop: Any) -> None:
    desk, made = stacks.desk, stacks.made
    went: list[str] = []
    desk.wishes.view.connect(went.append)
    (hit,) = loop.run(made.library.search("lamp"))
    loop.run(go_to_line(desk, made.play, hit.id))
    assert desk.session.play.id == made.play
    assert desk.session.chosen == hit.id
    assert went == ["stage"]


def test_of_a_deleted_line_what_stood_above_is_shown(stacks: Any, loop: Any) -> None:
    desk, made = stacks.desk, stacks.made
    (hit,) = loop.run(made.library.search("lamp"))
    under = loop.run(made.say(hit.id, "Gone."))
    loop.run(stacks.director.do(made.play, "delete", {"line": under.id}))
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    loop.run(go_to_line(desk, made.play, under.id))
    assert "in the bin" in said[-1]
    assert desk.session.chosen == hit.id


def test_what_cannot_be_gone_to_is_said(stacks: Any, loop: Any) -> None:
    desk = stacks.desk
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    assert loop.run(open_play(desk, "nothing")) is None
    loop.run(go_to_play(desk, "nothing"))
    loop.run(go_to_line(desk, stacks.made.play, "nothing"))
    assert len(said) == 3
    assert loop.run(open_play(desk, stacks.made.play)) is desk.session.play


def test_of_two_plays_the_one_wanted_last_is_shown_whichever_is_there_first(
    loop: Any, shown: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = Part(play())
    desk = desk_of(part)
    part.loop = loop
    gates = {each: asyncio.Event() for each in "qr"}

    async def reach(of: Any, *lines: str) -> None:
        await gates[of.id].wait()

    async def both() -> None:
        await asyncio.gather(go_to_play(desk, "q"), desk.paths._to_id("b1"), go_to_play(desk, "r"))

    async def line(line_id: str) -> Any:
        made = await Part.line(part, line_id)
        return replace(made, line=replace(made.line, play="q"))

    monkeypatch.setattr(part, "reach", reach)
    monkeypatch.setattr(part, "line", line)
    work = loop.loop.create_task(both())
    loop.settle()
    gates["r"].set()
    loop.settle()
    gates["q"].set()
    loop.until(work.done)
    assert desk.session.play is not None
    assert desk.session.play.id == "r"
    assert not desk.session.chosen


@pytest.mark.parametrize("lanes", [1, 2])
def test_a_line_found_in_another_view_is_in_sight(loop: Any, shown: Any, lanes: int) -> None:
    ids = [f"l{at:02}" for at in range(11)]
    said = "Nobody told me about a lantern."
    part = Part(play(*(line(id_, ids[at - 1] if at else "r", said) for at, id_ in enumerate(ids))))
    desk = desk_of(part)
    part.loop = loop
    desk.session.show(part.play)
    desk.session.set_lanes(lanes)
    window = shown(Window(desk), 1280, 800)
    loop.settle()
    desk.wishes.view.emit("library")  # it has no panes beside it: the stage is wider at first
    loop.settle()
    loop.run(go_to_line(desk, "p", "l03"))
    loop.settle()
    text = window.centre.lanes[0].text
    assert text.visible_lines()[0] == "l03"
    assert text.verticalScrollBar().value() < text.verticalScrollBar().maximum()
