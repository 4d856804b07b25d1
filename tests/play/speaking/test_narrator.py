"""Narrator: between the others."""

from __future__ import annotations

import pytest

from stage.play.line import Kind
from stage.play.speaking import RULES
from stage.play.speaking.rule import Dice
from tests.play.making import cast, said
from tests.play.speaking.making import ask


def test_after_enough_lines_the_dice_are_asked() -> None:
    asked = [
        ask("narrator", "ada bo teller", ["ada", "bo"], key=key, after=2, chance=0.25)
        for key in range(2000)
    ]
    told = [each for each in asked if each.queue == ("teller",)]
    assert len(told) / 2000 == pytest.approx(0.25, abs=0.04)
    assert {each.queue for each in asked} == {("teller",), ("ada",)}
    assert all(each.draws for each in asked)


def test_before_that_or_without_a_narrator_another_rule_decides() -> None:
    early = ask("narrator", "ada bo teller", ["teller", "ada"], after=2, chance=1.0)
    assert early.queue == ("bo",)
    assert early.draws == ()
    assert ask("narrator", "ada bo", ["ada"], after=0, chance=1.0).queue == ("bo",)
    assert ask("narrator", "ada teller", ["ada"], after=0, chance=1.0, present={"ada"}).queue == (
        "ada",
    )


@pytest.mark.parametrize("kind", [Kind.ENTER, Kind.EXIT])
def test_comings_and_goings_are_narrated(kind: Kind) -> None:
    view = [said("1", "ada", "x", kind)]
    decision = RULES["narrator"].select(view, cast("ada", "teller"), {"after": 99}, Dice(""))
    assert decision.queue == ("teller",)
