"""Stop inside a long prompt: from the call to the end of the take."""

import asyncio
import statistics
from pathlib import Path

from stage.engine.pool import Pool
from tests.bench.engine import begun, clock, orders, perform
from tests.bench.models import shape_135m
from tests.bench.row import Bench, Row

PROMPT, ROUNDS = 2000, 7


def measure(model: Path, folder: Path) -> Row:
    return asyncio.run(_measure())


async def _measure() -> Row:
    pool = Pool()
    seconds = []
    try:
        model = await pool.load(shape_135m())
        await perform(model, begun(model, "warm", 64), orders([1])[:1])
        for number in range(ROUNDS):
            running = model.perform(begun(model, f"prompt {number}", PROMPT), orders([1]))
            await asyncio.sleep(0.15 + 0.11 * number)  # somewhere in the prompt
            began = clock()
            running.stop()
            await running.finished()
            seconds.append(clock() - began)
    finally:
        await pool.close()
    return Row(
        "stop",
        statistics.median(seconds) * 1000,
        "ms",
        100,
        higher=False,
        details={"worst_ms": round(max(seconds) * 1000, 1), "prompt_tokens": PROMPT},
    )


BENCH = Bench("stop", "Stop in a prompt of 2,000 tokens", measure)
