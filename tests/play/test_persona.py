"""Cards: named by their content, refused with a reason."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.errors import BadInput
from stage.play.persona import check_label, from_card, persona, read_card


def card(**data: Any) -> dict[str, Any]:
    return {"spec": "chara_card_v3", "spec_version": "3.0", "data": {"name": "Ada", **data}}


def test_a_persona_says_in_private_what_its_card_says() -> None:
    ada = persona("Ada", description="You  count\nships.", personality="Patient.", scenario=None)
    assert ada.private == "You count ships. Patient."
    assert ada.public == ""


def test_public_words_and_aliases_are_extensions() -> None:
    ada = persona("Ada", public=" keeper ", aliases=["Countess", "A."])
    assert (ada.public, ada.aliases, ada.narrator) == ("keeper", ("Countess", "A."), False)
    told = from_card(card(extensions={"stage/narrator": True}), where="x")
    assert told.narrator


def test_the_version_is_the_content_of_the_whole_card() -> None:
    one, two = from_card(card(), where="x"), from_card(card(unknown={"kept": [1]}), where="x")
    assert one.version != two.version
    assert two.card["data"]["unknown"] == {"kept": [1]}
    assert one.version == from_card(json.loads(json.dumps(card())), where="y").version
    assert hash(one) == hash(two)  # by name: cards are mappings


@pytest.mark.parametrize(
    "bad",
    [
        None, 5, [], {}, {"spec": "chara_card_v2", "data": {"name": "Ada"}},
        {"spec": "chara_card_v3", "data": []}, card(name=""), card(name=5), card(name="a: b"),
        card(name="x" * 41), card(extensions=[]), card(extensions={"stage/aliases": "Bo"}),
        card(extensions={"stage/aliases": [5]}),
    ],
)  # fmt: skip
def test_what_is_no_card_is_refused_with_its_name(bad: Any) -> None:
    with pytest.raises(BadInput, match=r"iris\.json|name"):
        from_card(bad, where="iris.json")


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '"\\ud800', "5", '{"a":' * 5000])
def test_unreadable_text_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_card(text, where="iris.json")


@given(st.text(max_size=60))
def test_any_text_is_a_card_or_bad_input(text: str) -> None:
    with contextlib.suppress(BadInput):
        read_card(text, where="x")


@pytest.mark.parametrize("label", ["Ada", "Zoë", "\u674e\u96f7", "A" * 40, "O'Neil"])
def test_labels_that_can_stand_before_a_line(label: str) -> None:
    check_label(label)


@pytest.mark.parametrize("label", ["", "  ", "a:b", "a\nb", "[x", "x]", "A" * 41, "a\rb"])
def test_labels_that_cannot(label: str) -> None:
    with pytest.raises(BadInput, match="cannot label a line"):
        check_label(label)


@pytest.mark.parametrize("value", ['"\\ud800"', "NaN", "-Infinity"])
def test_values_that_cannot_be_stored_are_refused(value: str) -> None:
    text = json.dumps(card()).replace('"Ada"', f'"Ada", "description": {value}')
    with pytest.raises(BadInput, match="no text, number or list"):
        read_card(text, where="iris.json")


@pytest.mark.parametrize(
    ("extensions", "share"),
    [
        ({}, 0.5),
        ({"stage/talkativeness": 0.25}, 0.25),
        ({"talkativeness": "0.75"}, 0.75),
        ({"stage/talkativeness": "loud", "talkativeness": 1}, 1.0),
        ({"talkativeness": 7}, 0.5),
        ({"talkativeness": None}, 0.5),
    ],
)
def test_talkativeness_is_a_share(extensions, share):
    card = {"spec": "chara_card_v3", "data": {"name": "Ada", "extensions": extensions}}
    assert from_card(card, where="x").talkativeness == share
