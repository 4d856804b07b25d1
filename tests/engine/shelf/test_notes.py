from __future__ import annotations

from pathlib import Path

import pytest

from stage.engine.orders import LoadSettings
from stage.engine.shelf import notes
from stage.engine.shelf.card import Card, describe
from stage.kit import paths
from stage.kit.errors import BadInput
from tests.engine.helpers import LLAMA, write_gguf


@pytest.fixture
def card(tmp_path: Path) -> Card:
    return describe(write_gguf(tmp_path / "m.gguf", {**LLAMA, "general.name": "Tiny Chat"}))


def test_an_own_word_overrules_the_vote_wherever_the_file_lies(card: Card, tmp_path: Path) -> None:
    assert notes.applied(card) is card
    notes.settle(card, ["kind=base"])
    moved = Path(card.path).rename(tmp_path / "elsewhere.gguf")
    told = notes.applied(describe(moved))
    assert told.kind == "base"
    assert told.reasons[0].startswith("you said so")
    assert set(told.reasons) > set(card.reasons)
    assert notes.settle(card, ["kind=auto"]) == {"name": "Tiny Chat"}
    assert notes.applied(card) is card


def test_settings_are_kept_and_what_is_asked_for_counts_more(card: Card) -> None:
    notes.settle(card, ["context=4096", "kv=q8_0"])
    notes.settle(card, ["takes=4", "map_file=false", "gpu_layers=3"])
    assert notes.settings_for(card, LoadSettings()) == LoadSettings(None, 4096, 3, False, "q8_0", 4)
    assert notes.settings_for(card, LoadSettings(context=100)).context == 100


@pytest.mark.parametrize(
    "word",
    ["kind=lion", "context=12", "takes=many", "kv=3", "map_file=1", "colour=red", "cells",
     "gpu_layers=-1", "cells=99999999999999999999"],
)  # fmt: skip
def test_nonsense_is_refused_and_nothing_is_noted(card: Card, word: str) -> None:
    with pytest.raises(BadInput):
        notes.settle(card, ["takes=2", word])
    assert notes.noted(card) == {}


def test_a_file_edited_by_hand_does_no_harm(card: Card) -> None:
    file = paths.models()
    file.parent.mkdir(parents=True)
    file.write_text("nonsense [")
    assert notes.applied(card) is card
    file.write_text(f'["{card.identity}"]\ntakes = "all"\nkind = 7\nnew = "kept"\n')
    assert notes.applied(card) is card
    with pytest.raises(BadInput, match="What is set for Tiny Chat cannot be used"):
        notes.settings_for(card, LoadSettings())
    notes.settle(card, ["takes=2"])
    assert 'new = "kept"' in file.read_text()
