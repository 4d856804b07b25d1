from __future__ import annotations

from pathlib import Path

from stage.engine.orders import LoadSettings
from stage.engine.shelf import memory
from stage.engine.shelf.card import describe
from tests.engine.helpers import LLAMA, write_gguf

GIB = 1 << 30


def test_a_cell_is_keys_and_values_of_every_layer(tmp_path: Path) -> None:
    card = describe(write_gguf(tmp_path / "a.gguf"))
    assert memory.cell_bytes(card) == 2 * 2 * (16 + 16) * 2


def test_plenty_gives_the_default_and_little_gives_less(tmp_path: Path) -> None:
    big = {**LLAMA, "llama.block_count": 32, "llama.embedding_length": 4096}
    card = describe(write_gguf(tmp_path / "a.gguf", big))
    usual = LoadSettings()
    assert memory.plan(card, usual, 64 * GIB) == LoadSettings(cells=memory.CELLS)
    assert 1024 <= (memory.plan(card, usual, 4 * GIB).cells or 0) < memory.CELLS
    assert memory.plan(card, LoadSettings(cells=4096, kv="q8_0"), GIB).cells == 4096
    assert memory.plan(card, LoadSettings(context=20_000), None).cells == 20_000


def test_the_exact_figure_is_asked_for_only_when_it_could_matter(tmp_path: Path) -> None:
    card = describe(write_gguf(tmp_path / "a.gguf"))
    needed = memory.rough(card, LoadSettings(cells=1024))
    assert not memory.is_close(needed, 4 * GIB)
    assert memory.is_close(needed, GIB // 2)
    assert not memory.is_close(needed, None)


def estimate(cells: int, kv: str = "f16", weights: int = GIB) -> memory.Estimate:
    cache = cells * (100_000 if kv == "f16" else 30_000)
    return memory.Estimate(cells, kv, 64, 1 << 26, weights, cache, 0, 1 << 24, 1 << 24, 1 << 24)


def test_a_model_fits_when_a_tenth_stays_free() -> None:
    one = estimate(8192)
    assert one.fits(None)
    assert one.fits(int(one.total / 0.89))
    assert not one.fits(int(one.total / 0.91))
    assert one.to_json()["total"] == one.total > GIB + 8192 * 100_000 + (1 << 26)


def test_what_would_fit_is_named_and_nothing_else(tmp_path: Path) -> None:
    card = describe(write_gguf(tmp_path / "a.gguf"))
    given = LoadSettings(cells=8192)
    others = [(each, estimate(each.cells or 0, each.kv)) for each in memory.thriftier(given)]
    free = int(estimate(4096).total / 0.89)
    told = memory.too_much(card, estimate(8192).total, free, given, others)
    assert "needs 2.01 GB but only 1.80 GB of memory are free" in told
    assert "what fits is cells=4096 (1.60 GB) or cells=2048 " in told
    assert "or kv=q8_0 (" in told
    assert "takes=8 (" not in told  # that alone would not do
    none = memory.too_much(card, 1 << 31, 1 << 20, given, others)
    assert "no setting of this one fits" in none


def test_free_memory_is_known_here() -> None:
    assert (memory.available() or 0) > 1 << 20
