"""The memory estimate before a load against what the worker then really takes."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from stage.engine.model import Model
from stage.engine.orders import LoadSettings
from stage.engine.pool import Pool
from stage.engine.shelf import memory
from stage.engine.shelf.measuring import measure as estimate
from stage.kit import paths
from stage.kit.tasks import spawn
from tests.bench.engine import begun, orders, perform
from tests.bench.models import shape_135m
from tests.bench.row import Bench, Row

SETTINGS = (LoadSettings(), LoadSettings(cells=4096, kv="q8_0", takes=8))
TAKES, TOKENS, PROMPT = 64, 2, 600


def measure(model: Path, folder: Path) -> Row:
    return asyncio.run(_measure())


async def _measure() -> Row:
    found = [await _one(shape_135m(), settings) for settings in SETTINGS]
    for name in ("stage-base", "stage-chat"):
        found.append(await _one(paths.resources() / "models" / f"{name}.gguf", SETTINGS[0]))
    worst = max(abs(each["estimated_mb"] / each["measured_mb"] - 1) for each in found)
    return Row(
        "memory", 100 * worst, "% off, the worst of all", 5, higher=False,
        details={"models": found},
    )  # fmt: skip


async def _one(file: Path, settings: LoadSettings) -> dict[str, Any]:
    """Use every part of a model's memory, then read what its worker holds."""
    pool = Pool()
    try:
        model = await pool.load(file, settings)
        (told,) = await estimate(file, [memory.plan(model.card, settings, memory.available())])
        assert told is not None
        made = orders(range(1, min(TAKES, told.takes) + 1))
        short = [replace(each, sampler=replace(each.sampler, max_tokens=TOKENS)) for each in made]
        await perform(
            model, begun(model, "memory", min(PROMPT, model.capabilities.n_ctx // 2)), short
        )
        await _open_scoring(model, min(4080, model.capabilities.n_ctx))
        ids = begun(model, "text", 300).tokens
        await model.score_tokens(ids[:1], [ids[1:]])
        assert model._client is not None
        held = psutil.Process(model._client.pid).memory_info().rss
    finally:
        await pool.close()
    return {
        "model": file.name,
        "cells": told.cells,
        "kv": told.kv,
        "takes": told.takes,
        "estimated_mb": round(told.total / 1e6, 1),
        "measured_mb": round(held / 1e6, 1),
    }


async def _open_scoring(model: Model, count: int) -> None:
    """Let the context for scoring be opened at its largest; the text itself need not be read."""
    begins = asyncio.Event()
    ids = begun(model, "scored", count).tokens
    scoring = model.score_tokens(ids[:1], [ids[1:]], lambda done, total: begins.set())
    task = spawn(scoring, name="scoring")
    await begins.wait()
    task.cancel()
    await asyncio.wait([task])


BENCH = Bench("memory", "the memory estimate against a worker that uses all of it", measure)
