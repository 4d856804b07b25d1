"""Pooled: each once in a round."""

from __future__ import annotations

from tests.play.speaking.making import ask


def test_who_has_not_spoken_since_a_person_did_is_drawn() -> None:
    for key in range(20):
        assert ask("pooled", "ada bo cy di_h", ["bo", "di_h", "ada", "bo"], key=key).queue[0] in (
            "cy", "di_h",
        )  # fmt: skip
    drawn = {ask("pooled", "ada bo cy", ["ada"], key=key).queue[0] for key in range(40)}
    assert drawn == {"bo", "cy"}


def test_when_all_have_spoken_only_the_last_speaker_is_left_out() -> None:
    asked = [ask("pooled", "ada bo", ["bo", "ada"], key=key) for key in range(10)]
    assert {each.queue for each in asked} == {("bo",)}
    assert ask("pooled", "ada", ["ada"]).queue == ("ada",)
    assert ask("pooled", "teller").queue == ()
