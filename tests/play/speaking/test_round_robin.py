"""Round robin: everybody in turn."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from stage.play.speaking import RULES
from tests.play.making import cast, said

RULE = RULES["round_robin"]


def following(ids: list[str], spoken: list[str], **params: object) -> tuple[str, ...]:
    view = [said(str(number), who, "x") for number, who in enumerate(spoken)]
    return RULE.select(view, cast(*ids), params, Random(0)).queue


@given(st.integers(1, 6), st.integers(0, 12))
def test_it_goes_round_in_cast_order(size: int, turns: int) -> None:
    ids = ["ada", "bo", "cy", "di", "eve", "fay"][:size]
    spoken: list[str] = []
    for _ in range(turns):
        spoken += following(ids, spoken)
    assert spoken == [ids[turn % size] for turn in range(turns)]


def test_a_line_of_nobody_in_the_cast_or_the_narrator_does_not_move_it() -> None:
    assert following(["ada", "bo", "teller"], ["ada", "teller", "ghost"]) == ("bo",)


def test_skipped_humans_keep_the_order_of_the_others() -> None:
    assert following(["ada", "bo_h", "cy"], ["ada"], skip_humans=True) == ("cy",)
    assert following(["ada", "bo_h", "cy"], ["ada", "bo_h"], skip_humans=True) == ("cy",)
    assert following(["ada", "bo_h", "cy"], ["ada"]) == ("bo_h",)


def test_nobody_can_speak_in_an_empty_cast_or_among_humans() -> None:
    assert following([], []) == ()
    assert following(["bo_h"], [], skip_humans=True) == ()


def test_the_only_one_speaks_again() -> None:
    assert following(["ada"], ["ada"]) == ("ada",)
