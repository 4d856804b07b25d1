from __future__ import annotations

from pathlib import Path

import pytest

from stage.engine import memory
from stage.engine.orders import LoadSettings
from stage.engine.shelf import describe
from stage.kit.errors import KnownError
from tests.engine.helpers import LLAMA, write_gguf

GIB = 1 << 30


def test_a_cell_is_keys_and_values_of_every_layer(tmp_path: Path) -> None:
    card = describe(write_gguf(tmp_path / "a.gguf"))
    assert memory.cell_bytes(card) == 2 * 2 * (16 + 16) * 2


def test_plenty_gives_the_default_and_little_gives_less(tmp_path: Path) -> None:
    big = {**LLAMA, "llama.block_count": 32, "llama.embedding_length": 4096}
    card = describe(write_gguf(tmp_path / "a.gguf", big))
    assert memory.plan(card, LoadSettings(), 64 * GIB) == memory.CELLS
    less = memory.plan(card, LoadSettings(), 4 * GIB)
    assert 1024 <= less < memory.CELLS
    assert memory.plan(card, LoadSettings(cells=4096), 64 * GIB) == 4096
    assert memory.plan(card, LoadSettings(), None) == memory.CELLS


def test_more_than_nine_tenths_is_refused_with_advice(tmp_path: Path) -> None:
    card = describe(write_gguf(tmp_path / "a.gguf"))
    with pytest.raises(KnownError, match=r"needs about .* smaller context or a smaller model"):
        memory.plan(card, LoadSettings(), 32 << 20)


def test_free_memory_is_known_here() -> None:
    assert (memory.available() or 0) > 1 << 20
