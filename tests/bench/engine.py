"""Takes through the worker, the way the director asks for them."""

import random
import time
from collections.abc import Sequence
from pathlib import Path

from stage.engine.model import Model
from stage.engine.orders import Ended, Prepared, TakeOrder
from stage.engine.pool import Pool
from stage.kit.ids import new_id
from stage.play.cutting import CutRule
from stage.play.prompting.frame import Prompt, Segment
from stage.play.sampling import Sampler

TAKES, TOKENS = 8, 96
SCRIPT = (
    "The keeper's mirror\nCast: Iris, Marlow\nSetting: The lamp room, past midnight.\n\n"
    + "Iris: The lamp has never gone out.\nMarlow: I saw it dark, from the sea.\n" * 5
    + "Iris:"
)
SAMPLER = Sampler(max_tokens=TOKENS)  # nothing but the selector, so that both sides do the same


async def open_model(pool: Pool, file: Path) -> tuple[Model, Prepared]:
    model = await pool.load(file)
    prompt = Prompt("transcript", "text", (Segment("history", SCRIPT),), "", CutRule())
    return model, await model.prepare(prompt)


def orders(seeds: Sequence[int]) -> list[TakeOrder]:
    return [TakeOrder(new_id(), seed, SAMPLER, CutRule()) for seed in seeds]


def begun(model: Model, name: str, count: int) -> Prepared:
    """A prompt of `count` tokens that begins like no other with another name."""
    dice = random.Random(name)
    top = model.capabilities.n_vocab // 2
    return Prepared(name, tuple(dice.randrange(300, top) for _ in range(count)))


async def perform(model: Model, prepared: Prepared, takes: Sequence[TakeOrder]) -> list[Ended]:
    """Make takes and wait for all; every ending says how many tokens it had."""
    ended = []
    async for event in model.perform(prepared, takes):
        if isinstance(event, Ended):
            assert event.error is None, event.error
            ended.append(event)
    return ended


def clock() -> float:
    return time.perf_counter()
