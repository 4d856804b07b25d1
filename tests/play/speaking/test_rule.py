"""Properties of every speaker rule, and who may be drawn."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.speaking import RULES
from stage.play.speaking.rule import Decision, Rule, eligible
from tests.play.making import cast, said

IDS = ("ada", "bo_h", "cy", "teller", "di")
CASTS = st.lists(st.sampled_from(IDS), unique=True, max_size=5)
PARAMS = st.fixed_dictionaries(
    {}, optional={"skip_humans": st.booleans(), "chosen": st.sampled_from([*IDS, "ghost", None])}
)


def decide(
    rule: Rule, ids: list[str], spoken: list[str], params: dict[str, Any], seed: int
) -> Decision:
    view = [said(str(number), who, "x") for number, who in enumerate(spoken)]
    return rule.select(view, cast(*ids), params, Random(seed))


@pytest.mark.parametrize("name", RULES.names)
@given(CASTS, st.lists(st.sampled_from(IDS), max_size=6), PARAMS, st.integers())
def test_a_rule_draws_only_members_who_are_there_and_not_excluded(
    name: str, ids: list[str], spoken: list[str], params: dict[str, Any], seed: int
) -> None:
    decision = decide(RULES[name], ids, spoken, params, seed)
    excluded = {who for who, _ in decision.excluded}
    assert set(decision.queue) <= set(ids)
    assert not set(decision.queue) & excluded
    assert excluded <= set(ids)
    assert decision.rule == name
    assert decision.reason


@pytest.mark.parametrize("name", RULES.names)
@given(CASTS, st.lists(st.sampled_from(IDS), max_size=6), PARAMS, st.integers())
def test_the_same_seed_makes_the_same_choice(
    name: str, ids: list[str], spoken: list[str], params: dict[str, Any], seed: int
) -> None:
    one, two = (decide(RULES[name], ids, spoken, dict(params), seed) for _ in range(2))
    assert one == two


def test_narrators_speak_only_when_called_and_humans_can_be_skipped() -> None:
    members = cast("ada", "bo_h", "teller")
    drawn, excluded = eligible(members, {})
    assert drawn == ["ada", "bo_h"]
    assert excluded == [("teller", "the narrator speaks only when called")]
    drawn, excluded = eligible(members, {"skip_humans": True})
    assert drawn == ["ada"]
    assert [who for who, _ in excluded] == ["bo_h", "teller"]
