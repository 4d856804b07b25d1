"""What operations on the cast share."""

from __future__ import annotations

from typing import Any

import pytest

from stage.director.operations.casting import actor_of, layers_of, with_card
from stage.kit.errors import BadInput
from stage.play.cast import Layer
from stage.play.persona import persona
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
