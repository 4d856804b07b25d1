"""Undo and redo: asked of the director, told in its words, and shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from stage.director.events import Changed, Changes
from stage.kit.errors import BadInput
from stage.ui.desk.desk import Desk
from stage.ui.desk.steps import upper
from stage.ui.window.window import Window
from tests.ui.conftest import Stacks
from tests.ui.helpers import Part, line
from tests.ui.helpers import play as play_of


def test_menus_say_what_undo_would_do(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    part.steps = ("undo split of Ada's line", None)
    part.told.fire(Changed(Changes.TREE, "p"))
    loop.until(lambda: bool(desk.steps.back))
    window.menus.refresh()
    assert window.menus.actions["undo"].text() == "Undo split of Ada's line"
    assert window.menus.actions["undo"].isEnabled()
    assert window.menus.actions["redo"].text() == "Redo"
    assert window.menus.actions["redo"].toolTip() == "There is nothing to redo here."
    window.menus.do("undo")
    loop.until(lambda: window.foot.notice.text() == "Undone: the last step.")
    assert ("undo",) in part.asked


def test_an_operation_that_cannot_be_done_is_a_sentence(
    desk: Desk, part: Part, loop: Any, monkeypatch: Any
) -> None:
    async def refuse(play: str, name: str, given: Any) -> Changed:
        raise BadInput("Only a line without siblings can be merged.")

    monkeypatch.setattr(part, "do", refuse)
    said: list[str] = []
    desk.steps.said.connect(said.append)
    desk.steps.do("merge", "b1")
    loop.until(lambda: bool(said))
    assert said == ["Only a line without siblings can be merged."]


def test_another_play_has_other_words(desk: Desk, part: Part, loop: Any) -> None:
    part.steps = ("undo line of Ada", None)
    desk.session.show(part.play)
    loop.until(lambda: bool(desk.steps.back))
    part.steps = (None, None)
    desk.session.show(None)
    loop.settle()
    assert (desk.steps.back, desk.steps.forth) == ("", "")
    assert upper("") == ""


@pytest.mark.parametrize("name", ["edit", "enter", "exit"])
def test_a_line_that_is_made_is_gone_to(
    desk: Desk, part: Part, loop: Any, monkeypatch: Any, name: str
) -> None:
    one = part.play.path(desk.session.lanes[0].leaf)[-1]

    async def edited(play: str, name: str, given: Any) -> Changed:
        part.play.tree.add(replace(one, id="edited", text="Otherwise."))
        return Changed(Changes.TREE, "p", (str(one.parent),), words="edit", made=("edited",))

    monkeypatch.setattr(part, "do", edited)
    desk.steps.do(name, one.id)
    loop.until(lambda: desk.session.chosen == "edited")
    assert desk.session.lanes[0].leaf == "edited"


def test_undo_goes_to_the_line_that_comes_back(
    desk: Desk, part: Part, loop: Any, monkeypatch: Any
) -> None:
    tree = part.play.tree
    desk.session.move(0, "c")  # under "b2"

    def told(hidden: bool) -> Changed:
        tree.add(replace(tree["b2"], hidden=hidden))
        event = Changed(Changes.TREE, "p", ("b2", "a"), words="deletion of Ben's line")
        part.told.fire(event)
        return event

    async def deleted(play: str, name: str, given: Any) -> Changed:
        return told(True)

    async def restored(play: str) -> Changed:
        return told(False)

    monkeypatch.setattr(part, "do", deleted)
    monkeypatch.setattr(part, "undo", restored)
    desk.steps.do("delete", "b2")
    loop.until(lambda: desk.session.lanes[0].leaf != "c")
    loop.settle()
    desk.steps.undo()
    loop.until(lambda: desk.session.chosen == "b2")
    assert desk.session.lanes[0].leaf == "c"


def test_redo_of_an_import_stands_where_one_stood_before_it_was_undone(
    stacks: Stacks, loop: Any, tmp_path: Any
) -> None:
    chat = tmp_path / "chat.jsonl"
    rows: list[dict[str, Any]] = [
        {"user_name": "Bo", "character_name": "Iris", "create_date": "2026-1-1"},
        {"name": "Iris", "is_user": False, "mes": "Two.", "swipes": ["One.", "Two."],
         "swipe_id": 1},
        {"name": "Bo", "is_user": True, "mes": "And then?"},
    ]  # fmt: skip
    chat.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    director, session, steps = stacks.director, stacks.desk.session, stacks.desk.steps

    async def open_it(play: str) -> None:
        session.show(await director.open(play))

    taken = loop.run(director.take_in(chat))[0]
    loop.run(open_it(taken.play))
    said: list[str] = []
    steps.said.connect(said.append)

    def step(which: Callable[[], None]) -> str:
        count = len(said)
        which()
        loop.until(lambda: len(said) > count)
        loop.settle()
        return session.leaf().text

    assert session.leaf().text == "And then?"
    top = session.path(0)[0].id
    assert step(steps.undo) == ""
    loop.run(open_it(taken.play))  # as after a restart
    assert step(steps.redo) == "And then?"
    session.move(0, top)
    assert step(steps.undo) == ""
    assert step(steps.redo) == "Two."
    assert session.chosen == top


def test_what_was_done_in_a_play_one_has_left_moves_nothing_here(
    desk: Desk, part: Part, loop: Any, monkeypatch: Any
) -> None:
    async def edited(play: str, name: str, given: Any) -> Changed:
        other = play_of(line("r", None, "Another room.", None), line("z", "r", "Elsewhere."))
        desk.session.show(replace(other, id="q"))
        return Changed(Changes.TREE, "p", ("a",), words="edit", made=("edited",))

    monkeypatch.setattr(part, "do", edited)
    said: list[str] = []
    desk.steps.said.connect(said.append)
    desk.steps.do("edit", "b1", text="Otherwise.")
    loop.until(lambda: bool(said))
    assert desk.session.lanes[0].leaf == "z"
    assert desk.session.chosen != "edited"


def test_a_lane_that_was_put_away_meanwhile_moves_nowhere(desk: Desk) -> None:
    desk.session.set_lanes(2)
    desk.session.set_lanes(1)
    desk.session.move(1, "c")
    assert [lane.leaf for lane in desk.session.lanes] == ["b1"]
