"""Natural: names and dice, and SillyTavern's way of it."""

from __future__ import annotations

import pytest

from stage.play.cast import Cast
from stage.play.persona import persona
from tests.play.making import member
from tests.play.speaking.making import ask, talkers


@pytest.mark.parametrize("preset", ["st", "own"])
def test_who_is_named_comes_first_and_the_last_speaker_is_banned(preset: str) -> None:
    members = talkers(ada=0.0, bo=0.0, cy=1.0)
    for key in range(10):
        decision = ask("natural", members, ["ada: bo and ada"], key=key, preset=preset)
        assert decision.queue == ("bo", "cy")
        assert ("ada", "spoke last") in decision.excluded


@pytest.mark.parametrize("preset", ["st", "own"])
def test_the_dice_pick_nobody_with_the_expected_chance(preset: str) -> None:
    members, rounds = talkers(ada=0.5, bo=0.5, cy=0.5), 4000
    asked = [ask("natural", members, key=key, preset=preset) for key in range(rounds)]
    alone = [each for each in asked if "no dice" in each.reason]
    assert len(alone) / rounds == pytest.approx(0.5**3, abs=0.025)
    assert all(len(each.queue) == 1 for each in alone)
    assert sum(len(each.queue) for each in asked) / rounds == pytest.approx(1.5 + 0.125, abs=0.06)


def test_only_the_preset_wakes_the_silent_and_the_banned() -> None:
    silent = talkers(ada=0.0, bo=0.0)
    drawn = {ask("natural", silent, ["ada"], key=key, preset="st").queue for key in range(20)}
    assert drawn == {("ada",), ("bo",)}
    assert ask("natural", silent, ["ada"]).queue == ()


def test_a_shared_surname_wakes_only_the_first_in_the_preset() -> None:
    members = Cast(
        member(who, persona(who, talkativeness=0, aliases=["Green"])) for who in ("al", "bo")
    )
    twins = Cast(
        type(each)(each.id, f"{each.label} Green", each.persona, each.actor) for each in members
    )
    assert ask("natural", twins, ["x: Green!"], preset="st").queue == ("al",)
    assert ask("natural", twins, ["x: Bo Green!"], preset="own").queue == ("bo",)


def test_a_person_is_never_drawn() -> None:
    decision = ask("natural", "ada bo_h", ["bo_h: bo_h and ada"])
    assert decision.queue == ("ada",)
    assert ("bo_h", "played by a person") in decision.excluded
