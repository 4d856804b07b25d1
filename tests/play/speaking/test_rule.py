"""Properties of every speaker rule, and who may be drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.cast import Cast
from stage.play.chances import Chance, Chances
from stage.play.speaking import RULES
from stage.play.speaking.guards import guarded
from stage.play.speaking.rule import (
    Decision,
    Dice,
    Rule,
    callers,
    eligible,
    last_speaker,
    pick,
)  # fmt: skip
from tests.play.making import cast, said

IDS = ("ada", "bo_h", "cy", "teller", "di")
CASTS = st.lists(st.sampled_from(IDS), unique=True, max_size=5)
PARAMS = st.fixed_dictionaries(
    {},
    optional={
        "skip_humans": st.booleans(),
        "chosen": st.sampled_from([*IDS, "ghost", None]),
        "present": st.frozensets(st.sampled_from(IDS)),
        "allow_self": st.booleans(),
        "preset": st.sampled_from(["st", "own"]),
        "otherwise": st.sampled_from(RULES.names),
        "order": st.lists(st.sampled_from(["Ada", "Bo_h", "Teller", "Zed"])),
        "loop": st.booleans(),
        "after": st.integers(0, 3),
        "chance": st.floats(0, 1),
        "chances": st.builds(
            lambda shares: Chances(
                tuple(Chance(who, p, -1.0) for who, p in zip(IDS, shares, strict=True)), 0.3
            ),
            st.lists(st.floats(0, 0.2), min_size=5, max_size=5),
        ),
        "mode": st.sampled_from(["sample", "argmax", "shown"]),
        "tau": st.floats(0, 5),
        "floor": st.floats(0, 0.2),
        "newcomers": st.booleans(),
        "weights": st.dictionaries(st.sampled_from(["Ada", "Cy", "Zed"]), st.floats(0, 2)),
        "max_repeat": st.integers(0, 2),
        "max_auto": st.integers(0, 2),
        "silent_first": st.integers(0, 3),
    },
)
SPOKEN = st.lists(st.sampled_from(IDS), max_size=6)
SAID = ("x", "Ada and Cy", "@di, ADA", "teller", "")


def decide(
    rule: Rule, ids: list[str], spoken: list[str], params: dict[str, Any], seed: int
) -> Decision:
    view = [
        said(str(number), who, SAID[(seed + number) % len(SAID)])
        for number, who in enumerate(spoken)
    ]
    members = Cast(replace(each, muted=each.id == "di") for each in cast(*ids))
    return guarded(rule, view, members, params, Dice(str(seed)))


@pytest.mark.parametrize("name", RULES.names)
@given(CASTS, SPOKEN, PARAMS, st.integers())
def test_a_rule_draws_only_members_who_are_there_and_not_excluded(
    name: str, ids: list[str], spoken: list[str], params: dict[str, Any], seed: int
) -> None:
    decision = decide(RULES[name], ids, spoken, params, seed)
    excluded = {who for who, _ in decision.excluded}
    assert set(decision.queue) <= set(ids)
    assert not set(decision.queue) & excluded
    assert name == "manual" or "di" not in decision.queue, "somebody muted was drawn"
    assert excluded <= set(ids)
    assert set(decision.queue) <= set(params.get("present", ids))
    assert len(set(decision.queue)) == len(decision.queue)
    assert all(0 <= draw < 1 for draw in decision.draws)
    if params.get("skip_humans") and name != "manual":
        assert "bo_h" not in decision.queue
    assert decision.rule == name
    assert decision.reason


@pytest.mark.parametrize("name", RULES.names)
@given(CASTS, SPOKEN, PARAMS, st.integers())
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


@pytest.mark.parametrize("name", RULES.names)
@given(CASTS, SPOKEN, PARAMS, st.integers())
def test_every_number_used_is_told(
    name: str, ids: list[str], spoken: list[str], params: dict[str, Any], seed: int
) -> None:
    decision = decide(RULES[name], ids, spoken, params, seed)
    dice = Dice(str(seed))
    assert decision.draws == tuple(dice.random() for _ in decision.draws)


def test_dice_depend_on_their_key_and_place_alone() -> None:
    one, two, other = Dice("7/a/pooled/0"), Dice("7/a/pooled/0"), Dice("7/a/pooled/1")
    rows = [[dice.random() for _ in range(2000)] for dice in (one, two, other)]
    assert rows[0] == rows[1] != rows[2]
    assert abs(sum(rows[0]) / 2000 - 0.5) < 0.02


def test_narrators_may_be_called_where_a_rule_calls() -> None:
    members = cast("ada", "bo_h", "teller")
    assert callers(members, {}) == (["ada", "bo_h", "teller"], [])
    drawn, excluded = callers(members, {"present": {"ada"}, "skip_humans": True})
    assert (drawn, excluded) == (["ada"], [("bo_h", "not on stage"), ("teller", "not on stage")])


def test_picking_and_who_spoke_last() -> None:
    assert [pick("abc", u) for u in (0.0, 0.4, 0.999999, 1.0)] == ["a", "b", "c", "c"]
    view = [said("1", "ada", "x"), said("2", "cy", "x")]
    assert last_speaker(view, ["ada"]) == "ada"
    assert last_speaker(view, ["di"]) is None
