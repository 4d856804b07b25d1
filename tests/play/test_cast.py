"""The cast: members that nobody can confuse."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.errors import BadInput
from stage.play.cast import Actor, ActorKind, Cast, Member, fold
from stage.play.persona import persona
from stage.play.sampling import CHAT


def member(id_: str, label: str, **actor: object) -> Member:
    played = Actor(ActorKind.MODEL, "base", **actor)  # type: ignore[arg-type]
    return Member(id_, label, persona("P"), played)


def test_members_are_found_by_id_and_by_label_in_any_case() -> None:
    cast = Cast([member("a", "Zoë"), member("b", "Bo")])
    assert [each.id for each in cast] == ["a", "b"]
    assert cast["b"].label == "Bo"
    for spelled in ("zoë", "ZOE\u0308", " Zoë "):
        found = cast.named(spelled)
        assert found is not None
        assert found.id == "a"
    assert cast.named("Nobody") is None
    assert "a" in cast
    assert "c" not in cast
    assert (cast.label("a"), cast.label("c"), cast.label(None)) == ("Zoë", "c", None)


@pytest.mark.parametrize("second", ["Ada", "ADA", "ada", "\uff21da"])
def test_labels_that_look_alike_are_refused(second: str) -> None:
    with pytest.raises(BadInput, match="rename one"):
        Cast([member("a", "Ada"), member("b", second)])


def test_one_id_twice_is_refused() -> None:
    with pytest.raises(BadInput):
        Cast([member("a", "Ada"), member("a", "Bo")])


@pytest.mark.parametrize("actor", [{}, {"sampler": CHAT, "frame": "self"}])
def test_a_member_reads_back_from_json(actor: dict[str, object]) -> None:
    one = member("a", "Ada", **actor)
    data = json.loads(json.dumps(one.to_json()))
    assert data["persona_version"] == one.persona.version
    assert Member.from_json(data, {one.persona.version: one.persona}) == one


def test_a_human_has_no_model() -> None:
    one = Member("a", "Me", persona("Me"), Actor(ActorKind.HUMAN), colour=3)
    assert one.human
    assert Member.from_json(one.to_json(), {one.persona.version: one.persona}) == one


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_more(label: str) -> None:
    assert fold(fold(label)) == fold(label)
