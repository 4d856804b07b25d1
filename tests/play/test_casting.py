"""The cast at a line: changes fold over the path, and nothing else is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stage.kit.errors import BadInput, KnownError
from stage.play.cast import Actor, ActorKind, Cast, Layer, Member
from stage.play.casting import Casts, cast_after, recast, versions_of
from stage.play.line import Line
from stage.play.persona import persona
from tests.play.making import cast, member, said

CARDS = {each.version: each for each in (persona("Ada", description="new"), persona("Mask"))}
NEW, MASK = CARDS
OTHER = replace(member("cy"), offstage=True, since="b")


def marked(id_: str, **changes: dict[str, Any]) -> Line:
    return said(id_, "ada", id_, labels={f"cast:{who}": each for who, each in changes.items()})


def test_a_change_counts_from_its_line_on_and_key_by_key() -> None:
    whole, path = cast("ada", "bo"), [
        marked("a", ada={"actor": {"frame": "raw"}, "muted": True}),
        marked("b", ada={"persona_version": NEW}, bo={"actor": {"kind": "human"}}),
    ]  # fmt: skip
    assert cast_after(whole, [], CARDS) is whole
    one, two = cast_after(whole, path[:1], CARDS)["ada"], cast_after(whole, path, CARDS)["ada"]
    assert (one.actor, one.muted) == (Actor(ActorKind.MODEL, "base", frame="raw"), True)
    assert one.persona == whole["ada"].persona
    assert two == replace(one, persona=CARDS[NEW])
    assert cast_after(whole, path, CARDS)["bo"].human


def test_somebody_new_joins_with_a_line() -> None:
    whole = cast("ada", "bo")
    joined = cast_after(
        whole, [marked("b", cy=OTHER.to_json())], {OTHER.persona.version: OTHER.persona}
    )
    assert [each.id for each in joined] == ["ada", "bo", "cy"]
    assert (joined["cy"], joined["cy"].layer) == (OTHER, "Cy")


def test_layers_are_worn_and_taken_off_and_read_back() -> None:
    whole, human = cast("ada", "bo"), Actor(ActorKind.HUMAN)
    first = Layer("Mask", CARDS[MASK], "be loud")
    second = Layer("Deeper", CARDS[NEW], "be still", human)
    worn = whole["ada"].wearing([first, second])
    assert (worn.label, worn.persona, worn.direction) == ("Deeper", CARDS[NEW], "be still")
    assert (worn.own_label, worn.layer, worn.human) == ("Ada", "Deeper", True)
    assert worn.wearing([first]).actor == whole["ada"].actor  # the nearest below plays it
    assert worn.wearing([]) == whole["ada"]
    known = {each.persona.version: each.persona for each in worn.stack}
    assert Member.from_json(worn.to_json(), known) == worn
    assert set(versions_of(worn.to_json())) == set(known)
    on = marked("a", ada={"layers": [first.to_json(), second.to_json()]})
    off = marked("b", ada={"layers": []})
    assert cast_after(whole, [on], CARDS)["ada"] == worn
    assert cast_after(whole, [on, off], CARDS)["ada"] == whole["ada"]


def test_a_line_keeps_the_name_it_was_spoken_under() -> None:
    whole = cast("ada", "bo")
    worn = Cast([whole["ada"].wearing([Layer("Mask", CARDS[MASK])]), whole["bo"]])
    assert worn.label_of(said("x", "ada", "hi", layer="Mask")) == "Mask"
    assert worn.label_of(said("x", "ada", "hi")) == "Ada"
    assert worn.label("ada") == "Mask"
    assert worn.named("Ada") == worn.named("mask") == worn["ada"]


@pytest.mark.parametrize("change", [{"layers": 5}, {"actor": {"kind": "ghost"}}, {"colour": "x"}])
def test_what_cannot_be_read_is_told(change: dict[str, Any]) -> None:
    with pytest.raises(KnownError, match="cannot be read"):
        cast_after(cast("ada", "bo"), [marked("a", ada=change)], CARDS)


def test_no_two_members_share_a_name_beneath_or_above() -> None:
    whole = cast("ada", "bo")
    layer = Layer("Bo", CARDS[MASK]).to_json()
    with pytest.raises(BadInput, match="called Bo"):
        cast_after(whole, [marked("a", ada={"layers": [layer]})], CARDS)
    with pytest.raises(KnownError, match="cannot be read"):
        cast_after(whole, [marked("a", ada={"persona_version": "b2:none"})], CARDS)


def test_recasting_leaves_what_it_is_given_alone() -> None:
    members = [each.to_json() for each in cast("ada", "bo")]
    before = repr(members)
    assert recast(members, [("ada", {"actor": {"frame": "raw"}})])[0]["actor"]["frame"] == "raw"
    assert repr(members) == before


def test_the_cast_of_any_line_of_a_walked_path_is_the_one_after_the_path_down_to_it() -> None:
    whole = cast("ada", "bo")
    path = [
        marked("a", ada={"muted": True}),
        said("b", "bo", "b"),
        marked("c", bo={"actor": {"kind": "human"}}),
        said("d", "ada", "d"),
    ]
    beside = [path[0], marked("e", ada={"muted": False})]
    casts = Casts(whole, CARDS)
    assert "d" not in casts
    casts.walk(path)
    casts.walk(beside)
    for each in (path, beside):
        for at, line in enumerate(each, start=1):
            told = cast_after(whole, each[:at], CARDS)
            assert casts.after(line.id).members == told.members
    assert casts.after("root") is whole
    assert casts.after("b") is casts.after("a"), "one that nothing changed is the same"
