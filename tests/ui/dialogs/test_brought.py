"""What a member was played with is true of a new play, too."""

from __future__ import annotations

from stage.play.cast import Actor, ActorKind, Layer
from stage.play.persona import persona
from stage.play.sampling import Sampler
from stage.ui.dialogs.brought import Brought


def layer(actor: Actor | None, direction: str = "") -> Layer:
    return Layer("Ada", persona("Ada"), direction, actor)


def test_of_who_was_not_there_nothing_is_known() -> None:
    assert Brought().of("ada", "base") == {}


def test_a_sampler_is_true_of_its_own_model_and_its_length_of_all() -> None:
    brought = Brought()
    sampler = Sampler(max_tokens=40)
    actor = Actor(ActorKind.MODEL, "base", sampler, "self")
    brought.remember("ada", "base", layer(actor, "Be brief."))
    told = {"direction": "Be brief.", "frame": "self"}
    assert brought.of("ada", "base") == {**told, "sampler": sampler.to_json()}
    usual = {"preset": "usual", "max_tokens": 40}
    assert brought.of("ada", "chat") == {**told, "sampler": usual}
    brought.remember("ada", "base", layer(None))
    assert brought.of("ada", "base") == {}
