"""Talkativeness: shares of many draws are the weights."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.play.speaking.making import ask, talkers


def test_the_draws_follow_the_weights() -> None:
    members = talkers(ada=0.2, bo=0.6, cy=0.0, di=0.4)
    drawn = Counter(ask("talkativeness", members, key=key).queue[0] for key in range(6000))
    assert drawn["cy"] == 0
    for who, share in (("ada", 1 / 6), ("bo", 1 / 2), ("di", 1 / 3)):
        assert drawn[who] / 6000 == pytest.approx(share, abs=0.025)  # four standard errors


def test_the_last_speaker_waits_unless_allowed() -> None:
    members = talkers(ada=1.0, bo=0.1)
    drawn = [ask("talkativeness", members, ["ada"], key=key) for key in range(30)]
    assert {each.queue for each in drawn} == {("bo",)}
    assert drawn[0].weights == (("bo", 0.1),)
    free = {ask("talkativeness", members, ["ada"], key=n, allow_self=True).queue for n in range(30)}
    assert ("ada",) in free


def test_nobody_speaks_when_all_are_silent() -> None:
    decision = ask("talkativeness", talkers(ada=0.0, bo=0.0))
    assert decision.queue == ()
    assert "talkative" in decision.reason
