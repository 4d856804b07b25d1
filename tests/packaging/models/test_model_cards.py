"""Templates that can only be answered from the card, and the judgement of such answers."""

from __future__ import annotations

import random

import pytest

import cards
import dialogues
import mixture
import names
import reading


def test_no_name_kept_for_measuring_is_in_a_template() -> None:
    rng = random.Random(1)
    measured = names.some_names(200, rng, measuring=True)
    told = str(dialogues.dialogues(300, seed=1)) + str([dialogues.drill(rng) for _ in range(300)])
    assert [name for name in measured if f" {name} " in told] == []
    assert all(names.kept_out(name) for name in measured)


def test_names_hardly_ever_come_again(known_names: tuple[str, ...]) -> None:
    rng = random.Random(2)
    invented = [
        name for name in (names.any_name(rng) for _ in range(1000)) if name not in known_names
    ]
    assert len(set(invented)) > 0.95 * len(invented)


def test_what_is_asked_stands_on_the_card() -> None:
    rng = random.Random(3)
    for _ in range(300):
        card = cards.card_for("Ada", rng)
        text = card.text(rng)
        for fact in card.facts:
            assert fact.sentence in text
            assert all(fact.key.lower() in answer.lower() for answer in fact.answers)


def test_renaming_is_the_same_in_all_texts_and_spares_parts_of_words() -> None:
    texts = ["Ada: Adamant, Bruno?", "You are Ada.", "Mrs. Day: no."]
    first, second, third = names.renamed(texts, ["Ada", "Bruno", "Mrs. Day"], random.Random(4))
    ada = second.removeprefix("You are ").rstrip(".")
    assert ada not in ("Ada", "Bruno")
    assert first.startswith(f"{ada}: Adamant, ")
    assert "Bruno" not in first
    assert third == texts[2]


def test_a_persona_that_names_itself_has_its_name_on_its_card() -> None:
    told = mixture.with_a_name(
        [
            {"role": "system", "content": f"{mixture.NO_NAME} You like tea."},
            {"role": "user", "content": "Hi, I'm Clara."},
            {"role": "assistant", "content": "Hello Clara, I'm Edith."},
        ]
    )
    assert told[0]["content"] == "You are Edith. You like tea."


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("I am Silas.", {"Silas"}),
        ("Hello. My name is Silas, a cook.", {"Silas"}),
        ("Silas.", {"Silas"}),
        ("It is I, Silas.", {"Silas"}),
        ("Marlow, come in.", set()),
        ("Good morning, Silas.", set()),
        ("Hello! I am hungry.", set()),
    ],
)
def test_the_names_that_an_answer_gives(text: str, given: set[str]) -> None:
    assert reading.names_given(text, ["Marlow"]) == given
