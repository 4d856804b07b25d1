"""Takes a second: eight at once against one after the other, same seeds, same prompt."""

import asyncio
import statistics
from pathlib import Path

from stage.engine.pool import Pool
from tests.bench.engine import TAKES, TOKENS, clock, open_model, orders, perform
from tests.bench.row import Bench, Row

ROUNDS = 3


def measure(model: Path, folder: Path) -> Row:
    return asyncio.run(_measure(model))


async def _measure(file: Path) -> Row:
    pool = Pool()
    try:
        model, prepared = await open_model(pool, file)
        await perform(model, prepared, orders([1]))  # warm: the prompt is kept from here on
        together, apart = [], []
        for number in range(ROUNDS):
            seeds = [number * 100 + take for take in range(1, TAKES + 1)]
            together.append(await _rate(model, prepared, [seeds]))
            apart.append(await _rate(model, prepared, [[seed] for seed in seeds]))
    finally:
        await pool.close()
    ratios = sorted(a / b for a, b in zip(together, apart, strict=True))
    return Row(
        "takes",
        statistics.median(ratios),
        "times the takes/s of one at a time",
        1.5,
        details={
            "takes_per_s_together": round(statistics.median(together), 3),
            "takes_per_s_apart": round(statistics.median(apart), 3),
            "rounds": [round(ratio, 3) for ratio in ratios],
            "takes": TAKES,
            "tokens_per_take": TOKENS,
            "model": file.name,
        },
    )


async def _rate(model: object, prepared: object, groups: list[list[int]]) -> float:
    began = clock()
    tokens = 0
    for seeds in groups:
        tokens += sum(each.tokens_total for each in await perform(model, prepared, orders(seeds)))
    return tokens / TOKENS / (clock() - began)  # a take that ends early counts for its share


BENCH = Bench("takes", "8 takes at once against one at a time", measure)
