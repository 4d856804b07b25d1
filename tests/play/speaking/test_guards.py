"""Guards above every rule."""

from __future__ import annotations

from typing import Any

import pytest

from stage.play.speaking import RULES
from stage.play.speaking.guards import guarded
from stage.play.speaking.rule import Decision, Dice
from tests.play.making import cast, said


def decide(rule: str, ids: str, spoken: str, **params: Any) -> Decision:
    view = [said(str(number), who, "x") for number, who in enumerate(spoken.split())]
    return guarded(RULES[rule], view, cast(*ids.split()), params, Dice("7"))


def test_without_a_guard_the_rule_decides() -> None:
    for rule in RULES.names:
        view = [said("1", "ada", "x")]
        plain = RULES[rule].select(view, cast("ada", "bo"), {}, Dice("7"))
        assert decide(rule, "ada bo", "ada") == plain


@pytest.mark.parametrize("rule", ["talkativeness", "list", "pooled"])
def test_nobody_speaks_more_often_in_a_row_than_allowed(rule: str) -> None:
    decision = decide(rule, "ada bo", "bo ada ada", max_repeat=2, allow_self=True)
    assert "ada" not in decision.queue
    assert ("ada", "spoke often enough in a row") in decision.excluded
    assert "ada" in decide("list", "ada bo", "bo ada", max_repeat=2).queue
    assert decide("list", "ada", "ada ada", max_repeat=1).queue == ("ada",)  # nobody else is there


def test_a_person_is_waited_for_after_so_many_lines() -> None:
    assert decide("round_robin", "ada bo di_h", "ada bo", max_auto=2).queue == ("di_h",)
    assert decide("round_robin", "ada bo di_h", "di_h ada", max_auto=2).queue == ("bo",)
    skipped = decide("round_robin", "ada bo di_h", "ada bo", max_auto=2, skip_humans=True)
    assert skipped.queue == ("ada",)


def test_who_was_silent_for_long_goes_first() -> None:
    assert decide("list", "ada bo cy", "cy ada bo ada bo", silent_first=4).queue == ("cy",)
    assert len(decide("list", "ada bo cy", "cy ada bo", silent_first=4).queue) == 3
    absent = decide("list", "ada bo cy", "ada bo ada bo", silent_first=4, present={"ada", "bo"})
    assert absent.queue == ("ada", "bo")
