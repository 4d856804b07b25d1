"""How much memory a model takes, before it is loaded, and what to do when that is too much.

A rough figure comes from the file's head; the exact one from a throw-away process that opens
model and contexts without allocating them, see measuring (engine.md, section 10).
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from stage.engine.orders import LoadSettings
from stage.engine.shelf.card import Card

CELLS = 8192
FEWEST_CELLS, FEW_TAKES = 1024, 8
CACHE_SHARE = 4  # the cache may take a quarter of the free memory by default
REFUSED_ABOVE = 0.9  # of what is free
CLOSE = 0.4  # of what is free: below, the rough figure is good enough
ALLOWANCE = 256 * 1024 * 1024  # for what the rough figure does not know
F16 = 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a model needs with some settings, in bytes.

    Attributes:
        cells, kv, takes: the settings, see orders.LoadSettings.
        process: the worker itself, the vocabulary included.
        weights: of the model.
        cache, recurrent: of all takes together: keys and values; states.
        compute, output: scratch memory and the logits of a batch.
        scoring: the second context that scoring a text opens, as long as it is kept.
        branches: most that branches which left the cache may take; they give way to others
            and are not in the sum.
        long_text: what scoring the longest text takes more, until it is scored; not in the sum.
    """

    cells: int
    kv: str
    takes: int
    process: int
    weights: int
    cache: int
    recurrent: int
    compute: int
    output: int
    scoring: int
    branches: int = 0
    long_text: int = 0

    @property
    def total(self) -> int:
        """Everything together that is there once every part was of use."""
        parts = (self.process, self.weights, self.cache, self.recurrent)
        return sum(parts) + self.compute + self.output + self.scoring

    def fits(self, free: int | None) -> bool:
        """Whether it may be loaded: a tenth of the free memory stays free."""
        return free is None or self.total <= REFUSED_ABOVE * free

    def to_json(self) -> dict[str, Any]:
        """All figures and their sum."""
        return {**asdict(self), "total": self.total}


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


def plan(card: Card, settings: LoadSettings, free: int | None) -> LoadSettings:
    """Choose how many cells a model gets, where the settings leave it open."""
    cells = settings.cells or max(CELLS, settings.context or 0)
    if free is not None and settings.cells is None:
        while cells > FEWEST_CELLS and cells * cell_bytes(card) > free // CACHE_SHARE:
            cells //= 2
    return replace(settings, cells=cells)


def rough(card: Card, settings: LoadSettings) -> int:
    """Bytes that a model needs, by its file's head alone."""
    return card.size_bytes + (settings.cells or CELLS) * cell_bytes(card) + ALLOWANCE


def is_close(needed: int, free: int | None) -> bool:
    """Whether a rough figure is so near to what is free that the exact one is wanted."""
    return free is not None and needed > CLOSE * free


def thriftier(settings: LoadSettings) -> Iterator[LoadSettings]:
    """The same with a smaller context, a coarser cache, fewer takes, then all of it."""
    cells = settings.cells or CELLS
    smaller = [cells // 2, cells // 4]
    for fewer in (each for each in smaller if each >= FEWEST_CELLS):
        yield replace(settings, cells=fewer)
    for kv in ("q8_0", "q4_0") if settings.kv == "f16" else ():
        yield replace(settings, kv=kv)
    yield replace(settings, takes=FEW_TAKES)
    yield LoadSettings(
        FEWEST_CELLS, settings.context, settings.gpu_layers, settings.map_file, "q8_0", FEW_TAKES
    )


def too_much(
    card: Card, needed: int, free: int, settings: LoadSettings,
    others: Sequence[tuple[LoadSettings, Estimate | None]],
) -> str:  # fmt: skip
    """Say why a model is not loaded, and which of other settings would fit."""
    fitting = [(given, each) for given, each in others if each and each.fits(free)]
    words = [f"{_told(given, settings)} ({_gb(each.total)})" for given, each in fitting[:4]]
    if words:
        advice = f"what fits is {' or '.join(words)}, see stage models --set"
    else:
        advice = (
            "close other programs, choose a smaller context or a smaller model: no setting "
            "of this one fits"
        )
    return f"{card.name} needs {_gb(needed)} but only {_gb(free)} of memory are free; {advice}."


def _told(given: LoadSettings, before: LoadSettings) -> str:
    names = ("cells", "kv", "takes")
    changed = [each for each in names if getattr(given, each) != getattr(before, each)]
    return " ".join(f"{each}={getattr(given, each)}" for each in changed)


def _gb(count: int) -> str:
    return f"{count / 1e9:.2f} GB"


def _whole(card: Card, key: str) -> int:
    """A number of the architecture; where it differs by layer, the largest."""
    value = card.metadata.get(f"{card.architecture}.{key}", 0)
    if isinstance(value, list):
        value = max((each for each in value if isinstance(each, int)), default=0)
    return value if isinstance(value, int) and 0 < value < 1 << 24 else 0
