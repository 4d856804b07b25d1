from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from stage.director.events import LineStarted, TurnEnded
from stage.director.turns.beginning import Begun
from stage.director.turns.performing import Turn
from stage.kit.errors import KnownError
from stage.play.cutting import CutRule
from stage.play.line import Line, Status
from stage.play.token import Token
from stage.ui.desk.desk import Desk
from stage.ui.window.window import Window
from tests.ui.helpers import Part, line, play


class Cards:
    """Writes down failures and hints."""

    def __init__(self, desk: Desk) -> None:
        self.failed: list[tuple[int, str]] = []
        self.turns: list[Any] = []
        self.hints: list[str] = []
        desk.turns.failed.connect(self._failed)
        desk.turns.hint.connect(self.hints.append)

    def _failed(self, at: int, sentence: str, turn: Any) -> None:
        self.failed.append((at, sentence))
        self.turns.append(turn)


def test_one_lane_speaks_with_the_speakers_own_model(desk: Desk, part: Part) -> None:
    desk.session.pick("ben")
    desk.turns.speak(3)
    (turn,) = part.turns()
    assert (turn.parent, turn.speaker, turn.models, turn.takes) == ("b1", "ben", ("chat",), 3)
    assert turn.decision is not None
    assert desk.turns.running == 3
    assert desk.turns.waiting
    desk.turns.speak()
    assert len(part.turns()) == 1, "one thing at a time at one place"


def test_two_lanes_on_one_line_are_one_turn_of_two_models(desk: Desk, part: Part) -> None:
    desk.session.pick("ada")
    desk.turns.both(2)
    (turn,) = part.turns()
    assert turn.models == ("base", "chat")
    desk.bridge.started.emit(LineStarted(part_line(part, "x1", "chat")))
    desk.bridge.started.emit(LineStarted(part_line(part, "x2", "base")))
    desk.bridge.started.emit(LineStarted(part_line(part, "x3", "base", take=2)))
    assert [lane.leaf for lane in desk.session.lanes] == ["x2", "x1"]


def part_line(part: Part, at: str, model: str, **more: Any) -> Any:
    made = line(at, "b1", model=model, status=Status.RUNNING, reason=None, **more)
    part.play.tree.add(made)
    return made


def test_two_lanes_apart_are_two_turns(desk: Desk, part: Part) -> None:
    desk.session.set_lanes(2)
    desk.session.move(1, "c")
    desk.session.pick("ada")
    desk.turns.speak()
    made = {(turn.parent, turn.models) for turn in part.turns()}
    assert made == {("b1", ("base",)), ("c", ("chat",))}


def test_a_failure_is_told_in_the_lane_of_its_model_and_can_be_tried_again(
    desk: Desk, part: Part
) -> None:
    cards = Cards(desk)
    desk.session.pick("ada")
    desk.turns.both(2)
    said = part_line(part, "x1", "base")
    desk.bridge.started.emit(LineStarted(said))
    desk.bridge.turn_ended.emit(
        TurnEnded("p", "b1", (said,), ("No room.",), (("chat", "No room."),), ("base", "chat"))
    )
    assert cards.failed == [(1, "No room.")]
    assert desk.turns.running == 0
    desk.turns.again(cards.turns[0])
    assert part.turns()[-1].models == ("chat",)
    assert part.turns()[-1].parent == "b1"


def test_of_two_turns_after_one_line_the_one_that_ended_is_done(desk: Desk, part: Part) -> None:
    for model in ("base", "chat"):
        desk.turns.perform(Turn("b1", "ada", (model,)))
    part.told.fire(TurnEnded("p", "b1", (), models=("chat",)))  # stopped before it said a word
    assert list(desk.turns._asked) == [("b1", ("base",))]
    part.told.fire(TurnEnded("p", "b1", (), models=("base",)))
    assert desk.turns.running == 0


def test_a_failure_in_a_play_one_has_left_is_no_card_of_this_one(desk: Desk, part: Part) -> None:
    cards = Cards(desk)
    desk.session.pick("ada")
    desk.turns.speak()
    desk.session.show(replace(part.play, id="q"))
    failures = (("base", "No room."),)
    part.told.fire(TurnEnded("p", "b1", (), ("No room.",), failures, ("base",)))
    assert cards.failed == []
    assert cards.hints[-1] == "In another play: No room."
    assert desk.turns.running == 0


def test_what_could_not_be_done_in_a_play_one_has_left_is_no_card_of_this_one(
    desk: Desk, part: Part, loop: Any, monkeypatch: Any
) -> None:
    cards, gate = Cards(desk), asyncio.Event()

    async def fails(*given: Any) -> Any:
        await gate.wait()
        raise KnownError("The disk is full.")

    monkeypatch.setattr(part, "say", fails)
    monkeypatch.setattr("stage.ui.composer.cues.ask", fails)
    desk.turns.say("Good evening.")
    desk.cues.expect()
    loop.settle()
    desk.session.show(replace(part.play, id="q"))
    gate.set()
    loop.until(lambda: len(cards.hints) == 2)
    assert set(cards.hints) == {"In another play: The disk is full."}
    assert cards.failed == []
    gate.clear()
    desk.turns.say("Good evening.")
    gate.set()
    loop.until(lambda: bool(cards.failed))


def test_one_lane_follows_whoever_spoke_when_its_model_failed(desk: Desk, part: Part) -> None:
    desk.session.pick("ada")
    desk.turns.speak()
    made = line("x1", "b1", model="chat")
    part.play.tree.add(made)
    desk.bridge.turn_ended.emit(TurnEnded("p", "b1", (made,), ("No.",), (("base", "No."),)))
    assert desk.session.lanes[0].leaf == "x1"


def test_a_human_and_nobody_are_hints(desk: Desk, part: Part) -> None:
    cards = Cards(desk)
    desk.turns.speak()  # the guest is next
    assert "Guest" in cards.hints[0]
    assert part.turns() == []


def test_typed_words_go_after_every_lane(desk: Desk, part: Part, loop: Any) -> None:
    desk.session.set_lanes(2)
    desk.session.move(1, "c")
    desk.turns.say("  Good evening.  ")
    loop.until(lambda: len(part.asked) >= 2)
    loop.settle()
    said = [each for each in part.asked if each[0] == "say"]
    assert said == [("say", "b1", "guest", "Good evening."), ("say", "c", "guest", "Good evening.")]
    texts = {desk.session.leaf(at).text for at in (0, 1)}  # type: ignore[union-attr]
    assert texts == {"Good evening."}


def test_typed_words_take_nobody_back_to_where_they_were_typed(
    desk: Desk, part: Part, loop: Any, monkeypatch: Any
) -> None:
    told, say = Cards(desk), part.say
    typed: list[None] = []
    desk.turns.typed.connect(partial(typed.append, None))
    gate = asyncio.Event()

    async def slowly(*given: Any) -> Any:
        await gate.wait()
        return await say(*given)

    monkeypatch.setattr(part, "say", slowly)
    desk.turns.say("Good evening.")
    loop.settle()
    desk.session.move(0, "c")
    gate.set()
    loop.until(lambda: bool(typed))
    assert desk.session.lanes[0].leaf == "c", "one went elsewhere meanwhile"
    gate.clear()
    desk.session.saved.put_play("p", draft="Good night.")
    desk.turns.say("Good night.")
    loop.settle()
    elsewhere = replace(play(), id="q")
    desk.session.show(elsewhere)
    gate.set()
    loop.until(lambda: desk.session.saved.of_play("p")["draft"] == "")
    assert typed == [None], "what is typed in another play is another draft"
    assert not told.hints


def test_walking_to_parent_and_child(desk: Desk, part: Part, loop: Any) -> None:
    desk.session.move(0, "c")
    desk.turns.back()
    assert desk.session.lanes[0].leaf == "b2"
    desk.turns.onward()
    assert desk.session.lanes[0].leaf == "c"
    desk.session.choose("a")
    desk.turns.onward()
    assert desk.session.lanes[0].leaf == "c"
    desk.session.choose("b2")
    desk.turns.stand_here()
    assert desk.session.lanes[0].leaf == "b2"
    desk.turns.stop()
    assert part.asked[-1] == ("stop", None)
    loop.settle()


def test_on_to_the_next_line_moves_the_lane_in_use_though_another_one_shows_that_line(
    desk: Desk, part: Part, loop: Any
) -> None:
    desk.session.set_lanes(2)
    desk.session.move(1, "c")
    desk.session.move(0, "a")
    desk.session.choose("a", 0)
    part.play.tree.select("b2")
    desk.turns.onward()
    assert [lane.leaf for lane in desk.session.lanes] == ["b2", "c"]
    loop.settle()


def test_a_fan_out_on_both_models_makes_so_many_takes_of_each(
    desk: Desk, part: Part, shown: Any
) -> None:
    window = shown(Window(desk), 1100, 700)
    desk.prefs.set("fan_out", 5)
    window.menus.do("fan-out-both")
    (turn,) = part.turns()
    assert (turn.models, turn.takes, len(desk.session.lanes)) == (("base", "chat"), 5, 2)
    assert turn.speaker == "ada", "the guest, who was next, is passed over"


def test_a_model_that_goes_on_with_nothing_is_told_of(desk: Desk, part: Part) -> None:
    cards, b1 = Cards(desk), part.play.tree["b1"]
    begun = Begun(b1, "self", None, CutRule(), (Token(1, b"One.", None, ()),))  # type: ignore[arg-type]
    for said, told in (("One. And two.", 0), ("One.", 1)):
        desk.turns.perform(Turn("a", "ben", ("chat",), begun=begun))
        made = replace(b1, id=said, text=said)
        desk.bridge.turn_ended.emit(TurnEnded("p", "a", (made,), models=("chat",)))
        assert len(cards.hints) == told, said
    assert "reads as before" in cards.hints[0]


def test_a_name_that_is_said_for_a_macro_is_told_of(
    desk: Desk, part: Part, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards, say = Cards(desk), part.say

    async def said(play: str, parent: str, who: str, text: str, *how: Any) -> Line:
        return await say(play, parent, who, text.replace("{{char}}", "Ada"), *how)

    monkeypatch.setattr(part, "say", said)
    desk.turns.say("Hello {{char}}.")
    loop.until(lambda: bool(cards.hints))
    assert cards.hints == ["{{char}} was said as the name that it stands for."]
