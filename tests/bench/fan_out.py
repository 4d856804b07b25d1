"""Sixteen takes of 48 tokens after 512: against decoding alone, and against one by one."""

import asyncio
import statistics
from dataclasses import replace
from pathlib import Path

from stage.engine.model import Model
from stage.engine.orders import Prepared, TakeOrder
from stage.engine.pool import Pool
from tests.bench.engine import begun, clock, orders, perform
from tests.bench.models import shape_135m
from tests.bench.row import Bench, Row
from tests.bench.whole_path import Work, compare

TAKES, TOKENS, PROMPT, ROUNDS, ALONE = 16, 48, 512, 5, 4


def fan_out(model: Path, folder: Path) -> Row:
    """The director's own path, top 10 and store included; the prompt is kept on both sides."""
    words = "lamp room keeper mirror night".split()
    text = " ".join(words[n % 5] for n in range((PROMPT - 30) * 2 // 5))  # 2.5 tokens a word
    work = Work(shape_135m(), TAKES, TOKENS, text, ROUNDS, plain=True)
    return asyncio.run(compare("fan-out", "of a bare decode loop's tokens/s", 0.85, work, folder))


def speed_up(model: Path, folder: Path) -> Row:
    return asyncio.run(_speed_up())


async def _speed_up() -> Row:
    pool = Pool()
    together, apart = [], []
    try:
        model = await pool.load(shape_135m())
        prompt = begun(model, "fan-out", PROMPT)
        await perform(model, prompt, _orders(0, 1))
        for number in range(1, ROUNDS + 1):
            together.append(await _rate(model, prompt, number, [TAKES]))
            apart.append(await _rate(model, prompt, number + 100, [1] * ALONE))
    finally:
        await pool.close()
    ratios = sorted(a / b for a, b in zip(together, apart, strict=True))
    return Row(
        "fan-out-speed-up",
        statistics.median(ratios),
        "times the tokens/s of one take after another",
        1.8,
        details={
            "tokens_per_s_together": round(statistics.median(together), 1),
            "tokens_per_s_apart": round(statistics.median(apart), 1),
            "rounds": [round(ratio, 3) for ratio in ratios],
            "takes": TAKES,
            "takes_apart": ALONE,
            "tokens_per_take": TOKENS,
            "prompt_tokens": PROMPT,
        },
    )


def _orders(number: int, count: int) -> list[TakeOrder]:
    made = orders([number * 100 + take for take in range(1, count + 1)])
    return [replace(each, sampler=replace(each.sampler, max_tokens=TOKENS)) for each in made]


async def _rate(model: Model, prompt: Prepared, number: int, groups: list[int]) -> float:
    began, tokens = clock(), 0
    for place, count in enumerate(groups):
        ended = await perform(model, prompt, _orders(number * 10 + place, count))
        tokens += sum(each.tokens_total for each in ended)
    return tokens / (clock() - began)


FAN_OUT = Bench("fan-out", "16 takes of 48 after 512 tokens against a bare decode loop", fan_out)
SPEED_UP = Bench("fan-out-speed-up", "the same against one take after another", speed_up)
