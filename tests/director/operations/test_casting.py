"""What operations on the cast share."""

from __future__ import annotations

from typing import Any

import pytest

from stage.director.operations.casting import (
    actor_of,
    layers_of,
    members_of,
    with_card,
)
from stage.director.operations.operation import View
from stage.kit.errors import BadInput
from stage.play.cast import Cast, Layer
from stage.play.persona import persona
from stage.play.tree import Tree
from tests.director.operations.acting import Act
from tests.play.making import member

GIVEN = {"model": None, "frame": None, "sampler": None, "human": False, "file": None}
OLD = {"kind": "model", "model": "base", "sampler": None, "frame": "raw"}


def test_an_actor_changes_by_what_was_given(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)

        class Seen:
            scene = play.scene

        view: Any = Seen()
        assert actor_of(view, OLD, GIVEN) == OLD
        made = actor_of(view, OLD, {**GIVEN, "frame": "self", "sampler": "greedy"})
        assert (made["frame"], made["sampler"]["chain"]) == ("self", [{"name": "greedy"}])
        made = actor_of(view, OLD, {**GIVEN, "sampler": '{"chain": [], "max_tokens": 7}'})
        assert made["sampler"]["max_tokens"] == 7
        assert actor_of(view, OLD, {**GIVEN, "human": True})["kind"] == "human"
        for bad in ({"sampler": "none"}, {"sampler": "{"}, {"model": "no"}, {"frame": "no"}):
            with pytest.raises(BadInput):
                actor_of(view, OLD, {**GIVEN, **bad})

    act(work)


def test_another_card_is_that_of_the_top_layer() -> None:
    ada, new = member("ada"), persona("New")
    assert with_card(ada, new) == {"persona_version": new.version}
    worn = ada.wearing([Layer("X", persona("X"), "go"), Layer("Z", persona("Z"))])
    (lower, top) = with_card(worn, new)["layers"]
    assert (lower["label"], lower["direction"], top["label"]) == ("X", "go", "Z")
    assert top["persona_version"] == new.version
    assert [each.label for each in layers_of(worn)] == ["X", "Z"]


def test_members_are_named_with_commas_between_even_where_a_name_has_some() -> None:
    cast = Cast(tuple(member(each) for each in ("Ada", "Smith, John", "Bo")))
    view: Any = View(Tree(()), None, None, str, cast=cast)  # type: ignore[arg-type]
    found = members_of(view, "bo, Smith, John , Ada")
    assert [each.label for each in found] == ["Bo", "Smith, john", "Ada"]
    assert members_of(view, "") == []
    with pytest.raises(BadInput, match="called Smith"):
        members_of(view, "Smith, Ada")
