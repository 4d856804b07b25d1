"""Plays stay open while somebody holds them; of the others the last few."""

from __future__ import annotations

import gc

from stage.director import repertoire
from stage.director.opened import OpenPlay
from stage.director.repertoire import Repertoire
from stage.play.tree import Tree
from tests.ui.helpers import scene


def opened(name: str) -> OpenPlay:
    return OpenPlay(name, scene(), "2026-01-01", 7, Tree([]))


def test_what_somebody_holds_stays_the_same_and_the_rest_is_let_go() -> None:
    known, count = Repertoire(), repertoire.KEPT
    held = known.add(opened("held"))
    for at in range(count + 3):
        known.add(opened(str(at)))
    gc.collect()
    assert known.get("0") is None
    assert {each.id for each in known.plays()} == {"held", *map(str, range(3, count + 3))}
    assert known.get("held") is held
    assert known.add(opened("held")) is held, "never two of one id"


def test_what_was_asked_for_again_stays_longer() -> None:
    known, count = Repertoire(), repertoire.KEPT
    for at in range(count):
        known.add(opened(str(at)))
    assert known.get("0") is not None
    known.add(opened("new"))
    gc.collect()
    assert known.get("0") is not None
    assert known.get("1") is None
