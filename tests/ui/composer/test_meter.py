"""The context of whoever speaks next: its fill, and what will fall out."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from stage.director.events import Changed, Changes
from stage.director.room import Room
from stage.play.prompting.budget import Dropped
from stage.ui.composer import meter
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Evening, Part, scene


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Measures as the test says, and writes down what was asked."""
    state: dict[str, Any] = {"asked": [], "rooms": {}}

    async def room(pool: Any, play: Any, at: str, speaker: str, model: str) -> Room | None:
        state["asked"].append((at, speaker, model))
        found: Room | None = state["rooms"].get((at, speaker))
        return found

    monkeypatch.setattr(meter, "room", room)
    monkeypatch.setattr(meter, "REST", 0)
    return state


def test_it_is_unknown_without_a_model_then_told_with_what_is_lost(
    desk: Desk, part: Part, shown: Any, loop: Any, asked: dict[str, Any]
) -> None:
    made = shown(meter.Meter(desk), 400, 30)
    loop.until(lambda: asked["asked"])
    assert asked["asked"][0] == ("b1", "ada", "base"), "after the guest, whose words are typed"
    assert made.text() == "context unknown"
    assert "loaded" in made.toolTip()
    assert not made.isEnabled()
    lost = Dropped("a", 20), Dropped(None, 5, "examples go first", "example 1")
    asked["rooms"]["a", "ben"] = Room("ben", "chat", 61, 100)
    asked["rooms"]["b1", "ada"] = Room("ada", "base", 130, 100, lost)
    desk.session.move(0, "a")
    loop.until(lambda: made.known is not None)
    assert made.text() == "context 61 %, nothing left out"
    part.play.tree.add(replace(part.play.tree["a"], text="<img src=x> words"))
    desk.session.move(0, "b1")
    loop.until(lambda: "100 %" in made.text())
    assert made.text() == "context 100 %, 2 parts will be left out"
    assert "Ada: &lt;img src=x&gt; words" in made.toolTip()
    assert "example 1, 5 tokens, examples go first" in made.toolTip()
    made.resize(made.minimumSizeHint())
    assert made.fitting() == "100 %, 2 left out", "in the fewest words, and none of them cut off"
    assert "2 parts will be left out" in made.toolTip()
    assert made.accessibleName() == made.text()
    many = len(asked["asked"])
    desk.session.move(0, "a")
    loop.until(lambda: "61 %" in made.text())
    assert len(asked["asked"]) == many, "what was measured is kept"


def test_what_was_measured_before_something_was_done_is_not_told_after_it(
    desk: Desk, shown: Any, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[asyncio.Future[Room | None]] = []

    async def room(*given: Any) -> Room | None:
        asked.append(loop.loop.create_future())
        return await asked[-1]

    monkeypatch.setattr(meter, "room", room)
    monkeypatch.setattr(meter, "REST", 0)
    made = shown(meter.Meter(desk), 400, 30)
    loop.until(lambda: len(asked) == 1)
    desk.bridge.changed.emit(Changed(Changes.TREE, "p"))
    loop.until(lambda: len(asked) == 2)
    for at in (1, 0):  # the later one is answered first
        asked[at].set_result(Room("ada", "base", 61 if at else 99, 100))
        loop.settle()
    assert made.text() == "context 61 %, nothing left out"


def test_where_a_transcript_is_frozen_its_context_is_what_is_measured(
    desk: Desk, shown: Any, loop: Any, asked: dict[str, Any]
) -> None:
    desk.session.move(0, "a")
    desk.session.set_lane(0, history="frozen")
    desk.session.move(0, "b1")  # a take after it
    shown(meter.Meter(desk), 400, 30)
    loop.until(lambda: asked["asked"])
    assert {*asked["asked"]} == {("a", "ben", "chat")}


def test_no_room_is_said_with_the_reason_and_a_hidden_meter_rests(
    desk: Desk, shown: Any, loop: Any, asked: dict[str, Any]
) -> None:
    asked["rooms"]["b1", "ada"] = Room("ada", "base", 9, 9, refused="It does not fit.")
    made = shown(meter.Meter(desk), 400, 30)
    loop.until(lambda: made.known is not None)
    assert made.text() == "context 100 %, no room for a line"
    assert "It does not fit." in made.toolTip()
    made.hide()
    many = len(asked["asked"])
    desk.session.move(0, "a")
    loop.settle()
    assert len(asked["asked"]) == many


def test_a_click_shows_the_prompt_that_would_be_sent(evening: Evening, loop: Any) -> None:
    evening.begin(scene())
    made = evening.window.centre.composer.meter
    loop.run(evening.director.pool.load(evening.play.models["base"]), 60)
    loop.until(lambda: made.known is not None, 30)
    assert "nothing left out" in made.text()
    made.click()
    loop.until(lambda: evening.window.findChildren(meter.PromptSheet), 30)
    (sheet,) = evening.window.findChildren(meter.PromptSheet)
    assert sheet.windowTitle() == "Prompt as it would be sent"
    text = sheet.findChildren(QPlainTextEdit)[0].toPlainText()
    assert "Guest: How many are we tonight?" in text
    assert text.endswith("Ada:")
    sheet.accept()
    loop.settle()
