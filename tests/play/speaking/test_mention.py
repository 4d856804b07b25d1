"""Mention: who is named speaks."""

from __future__ import annotations

import pytest

from stage.play.cast import Cast
from stage.play.persona import persona
from stage.play.speaking.mention import mentioned
from tests.play.making import cast, member
from tests.play.speaking.making import ask


@pytest.mark.parametrize(
    ("text", "queue"),
    [
        ("bo, then CY", ("bo", "cy")),
        ("Cy and @bo", ("bo", "cy")),
        ("Ada, where is Cy?", ("cy",)),
        ("Teller, go on", ("teller",)),
        ("Bob and Cyril", ()),
    ],
)
def test_names_as_whole_words_at_first_never_the_speaker(text: str, queue: tuple[str, ...]) -> None:
    decision = ask("mention", "ada bo cy teller", [f"ada: {text}"], otherwise="manual")
    assert decision.queue == queue
    assert decision.rule == "mention"


def test_nobody_named_is_left_to_another_rule() -> None:
    decision = ask("mention", "ada bo", ["ada: hm"])
    assert decision.queue == ("bo",)
    assert decision.reason == "nobody was named; round robin: next after Ada"
    assert ask("mention", "ada bo", ["ada: hm"], otherwise="narrator").queue == ("bo",)


def test_the_longest_name_counts_and_aliases_do_in_any_script() -> None:
    members = Cast(
        [
            member("al", persona("Al")),
            member("alice", persona("Al", aliases=["Алиса", "Al Green"])),
        ]
    )
    everyone = ["al", "alice"]
    assert mentioned("Al Green is here", members, everyone) == ["alice"]
    assert mentioned("алиса и Al", members, everyone) == ["alice", "al"]
    assert mentioned("anything", cast(), everyone) == []
