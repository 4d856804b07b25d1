"""Choosing by what a model expects."""

from __future__ import annotations

from collections import Counter

import pytest

from stage.play.chances import Chance, Chances
from tests.play.speaking.making import ask

TOLD = Chances(
    (Chance("ada", 0.6, -1.0), Chance("bo", 0.2, -2.0), Chance("teller", 0.1, -3.0)), 0.1
)


def test_the_draws_follow_the_shares_narrator_included() -> None:
    drawn = Counter(
        ask("model", "ada bo teller", key=key, chances=TOLD).queue[0] for key in range(4000)
    )
    for who, share in (("ada", 6 / 9), ("bo", 2 / 9), ("teller", 1 / 9)):
        assert drawn[who] / 4000 == pytest.approx(share, abs=0.03)


def test_tau_clamps_and_weights_change_the_shares() -> None:
    flat = dict(ask("model", "ada bo", chances=TOLD, tau=2.0).weights)
    assert flat["ada"] / flat["bo"] == pytest.approx(3**0.5)
    clamped = dict(ask("model", "ada bo cy", chances=TOLD, floor=0.1, ceiling=0.3).weights)
    assert [clamped[who] for who in ("ada", "bo", "cy")] == pytest.approx([0.5, 1 / 3, 1 / 6])
    weighed = dict(ask("model", "ada bo", chances=TOLD, weights={"Bo": 3, "Ada": 0.0}).weights)
    assert weighed == {"ada": 0.0, "bo": 1.0}
    for key in range(20):
        assert ask("model", "ada bo", key=key, chances=TOLD, weights={"Ada": 0}).queue == ("bo",)


def test_the_likeliest_needs_no_dice() -> None:
    decision = ask("model", "ada bo", chances=TOLD, mode="argmax")
    assert (decision.queue, decision.draws) == (("ada",), ())
    assert "75%" in decision.reason


def test_someone_new_is_drawn_only_where_it_is_allowed() -> None:
    drawn = [ask("model", "ada bo", key=key, chances=TOLD, newcomers=True) for key in range(2000)]
    new = [each for each in drawn if each.newcomer]
    assert len(new) / 2000 == pytest.approx(1 / 9, abs=0.03)
    assert all(each.queue == () and "someone new" in each.reason for each in new)
    assert not any(ask("model", "ada bo", key=key, chances=TOLD).newcomer for key in range(200))


def test_nobody_is_drawn_whom_the_model_does_not_expect_at_all() -> None:
    decision = ask("model", "cy di", chances=TOLD)
    assert decision.queue == ()
    assert "nobody who can speak" in decision.reason
    assert ask("model", "", chances=TOLD).reason == "nobody can speak"
