"""Going back: to a branch that was left, and to a persona who was away."""

import asyncio
import statistics
from dataclasses import replace
from pathlib import Path

from stage.engine.model import Model
from stage.engine.orders import Ended, Prepared
from stage.engine.pool import Pool
from tests.bench.engine import begun, orders, perform
from tests.bench.models import shape_135m
from tests.bench.row import Bench, Row

DEEP, ROUNDS, AWAY = 512, 5, 4
STATIC, PRIVATE, TURNS = 400, 60, 6


async def _one(model: Model, prompt: Prepared) -> Ended:
    """Make a take of one token."""
    order = orders([1])[0]
    order = replace(order, sampler=replace(order.sampler, max_tokens=1))
    return (await perform(model, prompt, [order]))[0]


# ---------------------------------------------------------------- return


def back(model: Path, folder: Path) -> Row:
    return asyncio.run(_back())


async def _back() -> Row:
    """Branches by turns: one that nobody knows, one left just now, one that left the cache."""
    pool = Pool()
    cold, warm, stored, evaluated = [], [], [], 0
    try:
        model = await pool.load(shape_135m())
        for number in range(ROUNDS + 1):
            branch = begun(model, f"branch {number}", DEEP)
            ended = [await _one(model, branch), await _one(model, branch)]
            for other in range(AWAY):
                await _one(model, begun(model, f"other {number} {other}", DEEP))
            ended.append(await _one(model, branch))
            if number:
                cold.append(ended[0].timings["first_token"])
                warm.append(ended[1].timings["first_token"])
                stored.append(ended[2].timings["first_token"])
                evaluated += sum(int(e.timings["prompt_tokens_evaluated"]) for e in ended[1:])
                restored = ended[2].timings["prompt_tokens_restored"]
    finally:
        await pool.close()
    ratios = {
        "from_cache": statistics.median(b / a for a, b in zip(cold, warm, strict=True)),
        "from_memory": statistics.median(b / a for a, b in zip(cold, stored, strict=True)),
    }
    return Row(
        "return",
        max(ratios.values()) if not evaluated else 1.0,
        "of the time to first token of a cold start",
        0.05,
        higher=False,
        details={
            **{key: round(value, 4) for key, value in ratios.items()},
            "ms_cold": round(statistics.median(cold) * 1000, 2),
            "ms_from_cache": round(statistics.median(warm) * 1000, 2),
            "ms_from_memory": round(statistics.median(stored) * 1000, 2),
            "tokens_evaluated": evaluated,
            "tokens_restored": restored,
            "prompt_tokens": DEEP,
        },
    )


# ---------------------------------------------------------------- persona-switch


def switch(model: Path, folder: Path) -> Row:
    return asyncio.run(_switch(model))


async def _switch(file: Path) -> Row:
    """Two personas by turns; each knows the static part, its own part, and what was added."""
    pool = Pool()
    surplus = []
    try:
        model = await pool.load(file)
        static = begun(model, "static", STATIC).tokens
        own = [begun(model, f"persona {n}", PRIVATE).tokens for n in range(2)]
        await _one(model, Prepared("", static + own[0]))
        for turn in range(1, TURNS + 1):
            own[turn % 2] += begun(model, f"turn {turn}", 10).tokens
            new = PRIVATE + 10 if turn == 1 else 10
            ended = await _one(model, Prepared("", static + own[turn % 2]))
            surplus.append(int(ended.timings["prompt_tokens_evaluated"]) - new)
    finally:
        await pool.close()
    return Row(
        "persona-switch",
        max(surplus),
        "tokens re-evaluated beyond the persona's own",
        0,
        higher=False,
        details={"turns": TURNS, "static_tokens": STATIC, "surplus": surplus},
    )


RETURN = Bench("return", "back to a branch 512 tokens deep against a cold start", back)
SWITCH = Bench("persona-switch", "a change of persona behind a shared static prefix", switch)
