"""A cheap estimate of the memory a model takes, before it is loaded.

Formulas of engine.md, section 10: weights plus cache, from the file's head alone; what the
computation needs on top is a flat allowance. Exact figures are issue 3.
"""

import os
from pathlib import Path

from stage.engine.orders import LoadSettings
from stage.engine.shelf import Card
from stage.kit.errors import KnownError

CELLS = 8192
CACHE_SHARE = 4  # the cache may take a quarter of the free memory by default
REFUSED_ABOVE = 0.9
ALLOWANCE = 64 * 1024 * 1024
F16 = 2


def available() -> int | None:
    """Bytes of memory that programs can still get; None where it is not known."""
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return None


def cell_bytes(card: Card) -> int:
    """Bytes of one token in the cache: keys and values of every attention layer, 16 bits each."""
    layers = _whole(card, "block_count")
    heads = max(_whole(card, "attention.head_count"), 1)
    keys = _whole(card, "attention.head_count_kv") or heads
    width = _whole(card, "embedding_length") // heads
    key_length = _whole(card, "attention.key_length") or width
    value_length = _whole(card, "attention.value_length") or width
    return layers * keys * (key_length + value_length) * F16


def plan(card: Card, settings: LoadSettings, free: int | None) -> int:
    """Choose how many cells a model gets.

    Raises:
        KnownError: when it would take more than nine tenths of the free memory.
    """
    cells = settings.cells or max(CELLS, settings.context or 0)
    if free is None:
        return cells
    each = cell_bytes(card)
    while settings.cells is None and cells > 1024 and cells * each > free // CACHE_SHARE:
        cells //= 2
    needed = card.size_bytes + cells * each + ALLOWANCE
    if needed > REFUSED_ABOVE * free:
        raise KnownError(
            f"{card.name} needs about {needed / 1e9:.1f} GB but only {free / 1e9:.1f} GB of memory "
            "are free; close other programs, choose a smaller context or a smaller model."
        )
    return cells


def _whole(card: Card, key: str) -> int:
    """A number of the architecture; where it differs by layer, the largest."""
    value = card.metadata.get(f"{card.architecture}.{key}", 0)
    if isinstance(value, list):
        value = max((each for each in value if isinstance(each, int)), default=0)
    return value if isinstance(value, int) and 0 < value < 1 << 24 else 0
