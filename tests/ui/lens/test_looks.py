"""What models think of lines, in a real house and on a play made by hand."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from stage.director.events import Changed, Changes
from stage.director.turns.performing import Turn
from stage.kit.errors import BadInput
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Evening, Part, line, scene

CTRL = Qt.KeyboardModifier.ControlModifier


def known(desk: Desk, line_id: str, model: str) -> Any:
    return desk.looks.sight(line_id, model)


def test_stored_numbers_are_shown_at_once_and_nothing_is_scored(
    desk: Desk, part: Part, loop: Any
) -> None:
    desk.details.get("b1")
    loop.until(lambda: known(desk, "b1", "chat") is not None)
    sight = known(desk, "b1", "chat")
    assert (sight.source, sight.model) == ("stored", "stage-chat")
    assert sight is known(desk, "b1", "chat")
    shade = desk.looks.shade("b1", "surprise")
    assert shade is not None
    assert [(each.start, each.end) for each in shade.tints] == [(0, 2), (2, 3), (3, 4)]
    assert shade is desk.looks.shade("b1", "surprise")
    assert desk.looks.shade("b1", "entropy").tints == []
    assert known(desk, "b1", "base") is None
    assert desk.looks.lacks("b1") == ["base", "chat"]
    assert desk.looks.words == ""


def test_a_model_that_cannot_be_asked_is_not_asked_again_by_itself(
    desk: Desk, part: Part, loop: Any
) -> None:
    part.play.tree.add(line("t", "b1", "Typed.", "guest", model=None, reason=None))
    desk.prefs.set("colour_tokens", True)
    told: list[str] = []
    desk.looks.arrived.connect(told.append)
    desk.looks.watch("lane 0", ("t", "b1"))
    loop.until(lambda: "t" in told)
    assert "not loaded" in desk.looks.failure("t", "base")
    desk.looks.watch("lane 0", ("t", "b1"))
    loop.settle()
    assert told.count("t") == 1
    desk.looks.want("t")
    loop.until(lambda: told.count("t") == 3)  # both models were asked


def test_what_fails_unforeseen_or_is_gone_keeps_nothing_else_from_being_read(
    desk: Desk, part: Part, loop: Any, monkeypatch: pytest.MonkeyPatch, expected_logs: Any
) -> None:
    read: list[str] = []
    expected_logs.expect("look at lines failed")

    async def fails(play: Any, line_id: str, *more: Any) -> Any:
        read.append(line_id)
        raise BadInput("not loaded") if line_id == "u" else ValueError(line_id)

    monkeypatch.setattr(part.scoring, "look", fails)
    for name in "tu":
        part.play.tree.add(line(name, "b1", "Typed.", "guest", model=None, reason=None))
    desk.prefs.set("colour_tokens", True)
    desk.looks._asked = [("gone", "base")]
    desk.looks.watch("lane 0", ("t", "u"))
    loop.until(lambda: bool(desk.looks.failure("t", "base")))
    loop.settle()
    desk.looks.watch("lane 0", ("t", "u"))
    loop.until(lambda: "u" in read)
    assert read.count("t") == 1
    assert "the log has the details" in desk.looks.failure("t", "base")
    assert not desk.looks._asked


def test_what_was_read_in_a_prompt_that_changed_meanwhile_is_read_again(
    desk: Desk, part: Part, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[asyncio.Future[Any]] = []

    async def slowly(*given: Any) -> Any:
        asked.append(loop.loop.create_future())
        return await asked[-1]

    monkeypatch.setattr(part.scoring, "look", slowly)
    part.play.tree.add(line("t", "b1", "Typed.", "guest", model=None, reason=None))
    desk.prefs.set("colour_tokens", True)
    desk.looks.watch("lane 0", ("t",))
    loop.until(lambda: len(asked) == 1)
    part.told.fire(Changed(Changes.TREE, "p", ("a",)))
    asked[0].set_result(SimpleNamespace(how="own frame"))
    loop.until(lambda: len(asked) == 2)
    assert not desk.looks._scored
    desk.looks.stop()
    loop.settle()


def test_what_was_scored_before_is_known_once_the_line_is_chosen(
    desk: Desk, part: Part, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    async def known(play: Any, line_id: str, model: str, detail: Any) -> Any:
        asked.append((line_id, model))
        return SimpleNamespace(how="own frame") if model == "base" else None

    async def any_of_them(*_: Any) -> bool:
        return True

    monkeypatch.setattr(part.scoring, "asked", any_of_them)
    monkeypatch.setattr(part.scoring, "known", known)
    part.play.tree.add(line("t", "b1", "Typed.", "guest", model=None, reason=None))
    desk.session.move(0, "t")
    desk.session.choose("t")
    loop.until(lambda: ("t", "base") in desk.looks._scored)
    assert desk.looks.lacks("t") == ["chat"]
    desk.session.choose("b1")
    desk.session.choose("t")
    loop.settle()
    assert asked.count(("t", "chat")) == 1  # what is not there is not looked for again
    part.told.fire(Changed(Changes.TREE, "p", ("a",)))  # it may not hold any more
    loop.until(lambda: asked.count(("t", "chat")) == 2)
    loop.until(lambda: desk.looks.lacks("t") == ["chat"])
    assert desk.looks.words == ""


def test_a_branch_from_a_token_begins_in_no_other_play(desk: Desk, part: Part, loop: Any) -> None:
    gate = asyncio.Event()

    async def turn() -> Turn:
        await gate.wait()
        return Turn("a", "ben", ("base",))

    assert desk.session.play is not None
    work = loop.loop.create_task(desk.looks._begin(desk.session.play, "b1", turn()))
    loop.settle()
    desk.session.show(replace(part.play, id="q"))
    gate.set()
    loop.until(work.done)
    assert part.turns() == []


def test_a_play_is_coloured_by_both_models_and_branched_from(evening: Evening) -> None:
    evening.begin(scene(tokens=12))
    desk = evening.desk
    evening.window.centre.composer.speak.click()
    evening.rest()
    made = desk.session.leaf()
    opening = made.parent
    evening.window.acts.colour_by("difference")
    evening.loop.until(lambda: not desk.looks.lacks(opening) and not desk.looks.words, 60)
    text = evening.window.centre.lanes[0].text
    evening.loop.until(lambda: any(each.hue for each in text.lens.tints(made.id)))
    assert any(each.hue for each in text.lens.tints(opening))
    assert "in its own frame" in known(desk, opening, "chat").source
    assert "the same prefix" in known(desk, made.id, "chat").source

    desk.session.choose(made.id)
    text.setFocus()
    panel = evening.window.right.panels["alternatives"]
    evening.press(Qt.Key.Key_Period)
    evening.loop.until(lambda: not desk.looks.lacks(made.id))
    evening.press(Qt.Key.Key_V)
    assert panel.names.text() == "stage-base · stage-chat"
    assert "entropy" in panel.facts.text()
    assert "unknown" not in panel.facts.text()
    assert panel.list.hasFocus()
    choice = panel.list.chosen()
    assert choice is not None
    evening.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    evening.loop.until(lambda: len(evening.play.tree.siblings(made.id)) == 2)
    evening.rest()
    leaf = desk.session.leaf()
    assert (leaf.parent, leaf.model) == (opening, "chat")
    detail = evening.loop.run(evening.director.line(leaf.id))
    assert detail.tokens[1]["id"] == choice.parts[1].id
    assert detail.batch["begun"]["of"] == made.id
    spark = evening.window.right.panels["surprise"]
    evening.loop.until(lambda: "nats/token" in spark.mean.text())


def test_stopping_stops_until_somebody_asks(evening: Evening) -> None:
    evening.begin(scene(tokens=8))
    desk = evening.desk
    opening = desk.session.leaf().id
    desk.prefs.set("colour_tokens", True)
    desk.looks.stop()
    evening.loop.settle()
    assert desk.looks.lacks(opening) == ["base", "chat"]
    desk.looks.watch("lane 0", (opening,))
    evening.loop.settle()
    assert desk.looks.lacks(opening) == ["base", "chat"]
    desk.looks.resume()
    evening.loop.until(lambda: desk.looks.lacks(opening) == ["chat"], 60)
    # What an operation changed may stand in another prompt now.
    desk.bridge.changed.emit(Changed(Changes.TREE, evening.play.id, (opening,)))
    assert "base" in desk.looks.lacks(opening)
