"""Mention: who is named speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stage.play.cast import Cast, Member
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


def called(id_: str, name: str, **card: str) -> Member:
    return replace(member(id_, persona(name, **card)), label=name)


@pytest.mark.parametrize(
    ("text", "queue"),
    [
        ("Captain, when do we leave?", ["ilse"]),
        ("Is that the Captain's hat?", ["ilse"]),
        ("Seraphine, ask Vane", ["sera", "ilse"]),
        ("Lise said so", ["ilse"]),
        ("@captain and @harrow", ["ilse", "harrow"]),
        ("a captain of old", []),
        ("Old friend, Inn or not", []),
        ("the Inn's door", []),
    ],
)
def test_one_word_of_a_longer_name_is_enough_where_it_tells_one_alone(
    text: str, queue: list[str]
) -> None:
    members = Cast(
        [
            called("ilse", "Captain Ilse Vane", nickname="Lise"),
            called("sera", "Seraphine"),
            called("harrow", "Old Harrow Inn"),
        ]
    )
    assert mentioned(text, members, [each.id for each in members]) == queue


def test_a_word_that_two_share_tells_nobody() -> None:
    members = Cast([called("ada", "Ada Marsh"), called("bo", "Bo Marsh")])
    assert mentioned("Marsh, come here. Ada too.", members, ["ada", "bo"]) == []
    assert mentioned("Ada Marsh, come here.", members, ["ada", "bo"]) == ["ada"]
