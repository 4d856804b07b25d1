"""What a model and its contexts would take, from llama.cpp itself, with nothing allocated.

The library logs the size of every buffer it plans; in a process that ends afterwards.
"""

import re
from pathlib import Path
from typing import Any

import llama_cpp.llama_cpp as lib

from stage.engine.backends import llama_opening as opening
from stage.engine.orders import LoadSettings
from stage.engine.worker.runner import DESK_ROWS
from stage.kit.errors import BadInput, KnownError

SCORING_CELLS, SCORING_SEQUENCES = 4096, 33  # as scoring keeps a context, at most
PIECE = 80  # bytes of Python for each entry of the vocabulary
_MIB = 1024 * 1024
_SIZE = r"=\s*([\d.]+) MiB"
_CACHE = re.compile(rf"^llama_kv_cache\w*: size {_SIZE}")
_RECURRENT = re.compile(rf"^llama_memory_recurrent\w*: size {_SIZE}")
_BUFFER = re.compile(rf"^\w+:\s*(\S+)\s+(output|compute) buffer size {_SIZE}")


def measure(path: Path, wanted: list[LoadSettings]) -> list[dict[str, Any] | None]:
    """Fields of memory.Estimate for each of some settings, None for one that cannot be.

    Raises KnownError for the first of them, BadInput for the file.
    """
    params = lib.llama_model_default_params()
    params.no_alloc = True
    params.load_mode = lib.LLAMA_LOAD_MODE_NONE
    model = lib.llama_model_load_from_file(str(path).encode(), params)
    if not bool(model):
        raise BadInput(f"llama.cpp cannot read {path.name}: {opening.reason()}; try another file.")
    opening.refuse_unfit(model, path)
    process = _resident() + PIECE * opening.vocabulary(model)
    found = [_one(model, wanted[0]), *(_if_possible(model, each) for each in wanted[1:])]
    return [each and {**each, "process": process} for each in found]


def _if_possible(model: Any, settings: LoadSettings) -> dict[str, Any] | None:
    try:
        return _one(model, settings)
    except KnownError:  # a coarse cache does not go with every width of heads
        return None


def _one(model: Any, settings: LoadSettings) -> dict[str, Any]:
    with opening.listening() as lines:
        context = opening.open_context(model, settings, 1)
    main, takes = _sizes(lines), opening.takes_of(model, settings)
    lib.llama_free(context)
    cells = settings.cells or opening.CELLS
    trained = lib.llama_model_n_ctx_train(model) or cells
    longest = min(settings.context or trained, trained, cells)
    scoring = _desk(model, min(SCORING_CELLS, trained))
    long_text = _desk(model, longest) if longest > SCORING_CELLS else scoring
    return {
        "cells": cells,
        "kv": settings.kv,
        "takes": takes,
        "weights": int(lib.llama_model_size(model)),
        "scoring": scoring,
        "branches": _branches(model, main),
        "long_text": max(0, long_text - scoring),
        **main,
    }


def _desk(model: Any, cells: int) -> int:
    """Bytes of a context for scoring."""
    with opening.listening() as lines:
        context = opening.open_desk(model, cells, SCORING_SEQUENCES)
    lib.llama_free(context)
    sizes, rows = _sizes(lines), DESK_ROWS * opening.vocabulary(model) * 4
    sizes["output"] = max(sizes["output"], rows)  # planned small, it grows on first use
    return sum(sizes.values())


def _branches(model: Any, main: dict[str, int]) -> int:
    """Most bytes that branches which left the cache are given, however much memory is free."""
    whole = main["cache"]
    if opening.is_stateful(model):
        sequences = opening.RECURRENT_TAKES + opening.RECURRENT_TRUNKS
        whole = (main["cache"] + main["recurrent"]) // sequences * opening.STATES
    return min(whole, opening.SPARE)


def _sizes(lines: list[str]) -> dict[str, int]:
    """Bytes by what they are for; of a buffer planned again only the last size counts."""
    planned: dict[tuple[str, str], float] = {}
    cache = recurrent = 0.0
    for line in lines:
        if match := _CACHE.match(line):
            cache += float(match[1])
        elif match := _RECURRENT.match(line):
            recurrent += float(match[1])
        elif match := _BUFFER.match(line):
            planned[match[2], match[1]] = float(match[3])
    sums = {
        kind: sum(size for (each, _), size in planned.items() if each == kind)
        for kind in ("compute", "output")
    }
    told = {"cache": cache, "recurrent": recurrent, **sums}
    return {name: int(size * _MIB) for name, size in told.items()}


def _resident() -> int:
    """Bytes of this process in memory: library, vocabulary and Python."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 64 * _MIB
