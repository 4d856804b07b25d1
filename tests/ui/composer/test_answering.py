"""Answers that come by themselves, where the play is set so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stage.director.events import TurnEnded
from stage.play.cast import Cast
from stage.play.line import Kind, Status
from stage.play.persona import persona
from stage.play.speaking import RULES
from stage.play.speaking.rule import Decision
from stage.ui.composer.commands import obey
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part, line


def said(desk: Desk, loop: Any, kind: Kind | None = None, to: str | None = None) -> None:
    heard: list[bool] = []
    desk.turns.typed.connect(lambda: heard.append(True))
    desk.turns.say("Good evening.", kind, to)
    loop.until(lambda: heard)


def test_whoever_is_next_answers_only_where_it_is_switched_on(
    desk: Desk, part: Part, loop: Any
) -> None:
    said(desk, loop)
    assert part.turns() == []
    desk.answering.switch(True)
    said(desk, loop)
    (turn,) = part.turns()
    assert turn.parent == desk.session.lanes[0].leaf
    assert not part.play.scene.cast[turn.speaker].human


def test_a_rule_says_how_a_play_begins_and_the_play_keeps_what_was_chosen(
    desk: Desk, part: Part
) -> None:
    natural = replace(part.play, scene=replace(part.play.scene, rule="natural"))
    desk.session.show(natural)
    assert desk.answering.on
    desk.answering.switch(False)
    desk.session.show(part.play)
    desk.session.show(natural)
    assert not desk.answering.on


def test_all_whom_the_rule_named_answer_unless_one_is_stopped(
    desk: Desk, part: Part, loop: Any
) -> None:
    desk.answering.switch(True)
    said(desk, loop)
    one = line("x1", desk.session.lanes[0].leaf, model="base")
    part.play.tree.add(one)
    desk.session.move(0, "x1")
    part.play.queues["x1", part.play.scene.rule] = ("ben",)
    desk.bridge.turn_ended.emit(TurnEnded("p", str(one.parent), (one,), ()))
    assert [turn.speaker for turn in part.turns()][1:] == ["ben"]
    two = line("x2", "x1", model="chat", status=Status.INTERRUPTED)
    part.play.tree.add(two)
    desk.session.move(0, "x2")
    part.play.queues["x2", part.play.scene.rule] = ("ada",)
    desk.bridge.turn_ended.emit(TurnEnded("p", "x1", (two,), ()))
    assert len(part.turns()) == 2


@pytest.mark.parametrize("name", ["round_robin", "manual", "script"])
def test_rules_that_wait_for_a_hand(name: str) -> None:
    assert not RULES[name].answers


@pytest.mark.parametrize("to", ["ada", "ben"])
def test_of_a_whisper_somebody_answers_who_heard_it(
    desk: Desk, part: Part, loop: Any, to: str
) -> None:
    desk.answering.switch(True)
    said(desk, loop, Kind.WHISPER, to)
    (turn,) = part.turns()
    assert turn.speaker == to


def test_who_did_not_hear_a_whisper_does_not_answer_it(
    desk: Desk, part: Part, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.answering.switch(True)
    both = Decision(("ada", "ben"), "natural", "named")
    monkeypatch.setattr(desk.session, "decision", lambda: both)
    said(desk, loop, Kind.WHISPER, "ada")
    one = line("x1", desk.session.lanes[0].leaf, model="base")
    part.play.tree.add(one)
    desk.session.move(0, "x1")
    part.play.queues["x1", part.play.scene.rule] = ("ben",)
    desk.bridge.turn_ended.emit(TurnEnded("p", str(one.parent), (one,), ()))
    assert [turn.speaker for turn in part.turns()] == ["ada"]


def test_what_is_out_of_character_is_not_answered(desk: Desk, part: Part, loop: Any) -> None:
    desk.answering.switch(True)
    said(desk, loop, Kind.OOC)
    assert part.turns() == []


def test_a_note_of_the_play_is_not_answered(desk: Desk, part: Part, loop: Any) -> None:
    desk.answering.switch(True)
    heard: list[bool] = []
    desk.turns.typed.connect(lambda: heard.append(True))
    assert obey(desk, "/sys The lamp goes out.", lambda: None)
    loop.until(lambda: heard)
    assert desk.session.leaf().kind is Kind.NARRATION
    assert part.turns() == []


def test_a_narrators_words_are_answered(desk: Desk, part: Part, loop: Any) -> None:
    guest = part.play.scene.cast["guest"]
    teller = persona("Guest", extensions={"stage/narrator": True})
    cast = [replace(guest, persona=teller) if each is guest else each
            for each in part.play.scene.cast]  # fmt: skip
    part.play.scene = replace(part.play.scene, cast=Cast(cast))
    desk.answering.switch(True)
    said(desk, loop, Kind.NARRATION)
    assert len(part.turns()) == 1
