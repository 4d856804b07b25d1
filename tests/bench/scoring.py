"""Scoring 2,000 tokens with entropy, rank and top 10, against evaluating them with all logits.

The bare side computes the same logits: those of the exact attention, which do not depend on how
a text is cut. Flash attention is quicker and rounds otherwise with every cut (up to 0.08 nats), so
it answers another question; the ratio to it stands among the details.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from stage.engine.model import Model
from stage.engine.pool import Pool
from tests.bench.engine import begun, clock
from tests.bench.models import shape_135m
from tests.bench.row import Bench, Row

TOKENS, ROUNDS = 2000, 5


def measure(model: Path, folder: Path) -> Row:
    return asyncio.run(_measure(folder))


async def _measure(folder: Path) -> Row:
    pool = Pool()
    ours, bare = [], []
    try:
        model = await pool.load(shape_135m())
        await _rate(model, "warm")
        for number in range(ROUNDS):
            ours.append(await _rate(model, f"text {number}"))
            ids = list(begun(model, f"text {number}", TOKENS).tokens)
            bare.append(_bare(ids, folder, "exact"))
        flash = _bare(ids, folder, "flash")
    finally:
        await pool.close()
    ratios = sorted(a / b for a, b in zip(ours, bare, strict=True))
    return Row(
        "score", statistics.median(ratios), "of the tokens/s of a bare evaluation", 0.8,
        details={
            "tokens_per_s": round(statistics.median(ours), 1),
            "tokens_per_s_bare": round(statistics.median(bare), 1),
            "of_flash_attention": round(statistics.median(ours) / flash, 3),
            "rounds": [round(ratio, 3) for ratio in ratios],
            "tokens": TOKENS,
        },
    )  # fmt: skip


async def _rate(model: Model, name: str) -> float:
    ids = begun(model, name, TOKENS).tokens
    began = clock()
    (scored,) = await model.score_tokens(ids[:1], [ids[1:]])
    assert len(scored) == TOKENS - 1
    assert all(each.logprob is not None and len(each.top) == 10 for each in scored)
    return TOKENS / (clock() - began)


def _bare(ids: list[int], folder: Path, kind: str) -> float:
    """The better of one thread and of all cores, each in a process of its own.

    All cores are given up when they take twice as long: on a crowded machine that is minutes.
    """
    text = folder / "ids.json"
    text.write_text(json.dumps(ids))
    rates: list[float] = []
    began = clock()
    for threads in sorted({1, os.cpu_count() or 1}):
        limit = 2 * (clock() - began) if rates else None
        command = [
            sys.executable, "-m", "tests.bench.bare_evaluation", str(shape_135m()), str(threads),
            str(text), kind,
        ]  # fmt: skip
        with suppress(subprocess.TimeoutExpired):
            done = subprocess.run(
                command, capture_output=True, text=True, check=True, timeout=limit
            )
            rates.append(float(json.loads(done.stdout)["tokens_per_s"]))
    return max(rates)


BENCH = Bench("score", "scoring 2,000 tokens against evaluating them with all logits", measure)
