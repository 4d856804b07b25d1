"""Several models and other programs on the same cores: two at once, and one beside a burner."""

import asyncio
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

from stage.engine.client import command
from stage.engine.model import Model
from stage.engine.orders import Ended, TakeOrder
from stage.engine.pool import Pool
from tests.bench.engine import begun, clock, orders, perform
from tests.bench.models import shape_135m
from tests.bench.row import Bench, Row

TAKES, TOKENS, PROMPT, ROUNDS = 4, 32, 64, 5
BUSY_TAKES, BUSY_TOKENS, LONGEST = 8, 48, 6.0
FIXED = """
from stage.engine.worker.pace import Pace
from stage.engine.worker.process import main
def allow(self, count):
    self.allowed = self.count = count
Pace.allow, Pace.took = allow, lambda self, rows, seconds: None
main()
"""
BURNER = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: pass"


def two_models(model: Path, folder: Path) -> Row:
    return asyncio.run(_two_models(folder))


async def _two_models(folder: Path) -> Row:
    files = [folder / "one.gguf", folder / "other.gguf"]
    for file in files:
        shutil.copyfile(shape_135m(), file)
    pool = Pool()
    together, apart = [], []
    try:
        models = [await pool.load(file) for file in files]
        for number in range(ROUNDS + 1):
            at_once = await _both(models, number, together=True)
            in_turn = await _both(models, number, together=False)
            if number:  # the first round warms up
                together.append(at_once)
                apart.append(in_turn)
    finally:
        await pool.close()
    ratios = sorted(a / b for a, b in zip(together, apart, strict=True))
    return Row(
        "two-models", statistics.median(ratios), "of the time of one after the other", 1.0,
        higher=False,
        details={
            "seconds_together": round(statistics.median(together), 3),
            "seconds_apart": round(statistics.median(apart), 3),
            "rounds": [round(ratio, 3) for ratio in ratios],
            "takes": TAKES,
            "tokens_per_take": TOKENS,
            "cores": pool.cores,
        },
    )  # fmt: skip


async def _both(models: list[Model], number: int, *, together: bool) -> float:
    """Seconds until both models have made their takes."""
    prompts = [begun(model, f"two {place}", PROMPT) for place, model in enumerate(models)]
    work = [
        perform(model, prompt, _orders(number, TAKES, TOKENS))
        for model, prompt in zip(models, prompts, strict=True)
    ]
    began = clock()
    if together:
        await asyncio.gather(*work)
    else:
        for each in work:
            await each
    return clock() - began


def _orders(number: int, count: int, tokens: int) -> list[TakeOrder]:
    made = orders([number * 100 + take for take in range(1, count + 1)])
    return [replace(each, sampler=replace(each.sampler, max_tokens=tokens)) for each in made]


# ---------------------------------------------------------------- a busy core


def busy_core(model: Path, folder: Path) -> Row:
    with _two_cores(), _burner():
        return asyncio.run(_busy_core())


@contextmanager
def _two_cores() -> Iterator[None]:
    """Let this process and its children have two cores only."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:2])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def _burner() -> Iterator[None]:
    """Another program that takes all of a core."""
    with subprocess.Popen([sys.executable, "-c", BURNER]) as burner:
        try:
            yield
        finally:
            burner.kill()


async def _busy_core() -> Row:
    pools = {"adapting": Pool(cores=2), "one": Pool(cores=1), "two": Pool(cores=2)}
    rates: dict[str, list[float]] = {name: [] for name in pools}
    try:
        models = {"adapting": await pools["adapting"].load(shape_135m())}
        with mock.patch("stage.engine.client.command", _fixed):
            models |= {name: await pools[name].load(shape_135m()) for name in ("one", "two")}
        for number in range(ROUNDS + 1):
            for name, model in models.items():
                rate = await _rate(model, number)
                rates[name] += [rate] if number else []  # the first round warms up
    finally:
        for pool in pools.values():
            await pool.close()
    fixed = [max(pair) for pair in zip(rates["one"], rates["two"], strict=True)]
    ratios = sorted(a / b for a, b in zip(rates["adapting"], fixed, strict=True))
    return Row(
        "busy-core", statistics.median(ratios),
        "of the tokens/s of the better of 1 and 2 fixed threads", 0.9,
        details={
            **{f"tokens_per_s_{name}": round(statistics.median(each), 1)
               for name, each in rates.items()},
            "rounds": [round(ratio, 3) for ratio in ratios],
            "takes": BUSY_TAKES,
            "tokens_per_take": BUSY_TOKENS,
        },
    )  # fmt: skip


def _fixed() -> list[str]:
    """The command line of a worker that does not adapt."""
    return [command()[0], "-c", FIXED]


async def _rate(model: Model, number: int) -> float:
    """Tokens a second; two fixed threads may take minutes, so all are stopped after a while."""
    made = _orders(number, BUSY_TAKES, BUSY_TOKENS)
    began, tokens = clock(), 0
    running = model.perform(begun(model, "busy", PROMPT), made)
    asyncio.get_running_loop().call_later(LONGEST, running.stop)
    async for event in running:
        tokens += event.tokens_total if isinstance(event, Ended) else 0
    return tokens / (clock() - began)


TWO_MODELS = Bench("two-models", "two models at once against one after the other", two_models)
BUSY_CORE = Bench("busy-core", "8 takes while another process burns one core of two", busy_core)
