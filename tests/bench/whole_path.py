"""The whole path (worker, protocol, journal, store) against a bare loop over the same library.

Both make takes of the same number and lengths from the same kept prompt, with the ten likeliest
of every token. The bare loop runs alone in a process of its own; the whole path is the
director's own, with nothing that ends a line early.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from stage.app.house import open_house
from stage.director.director import Director
from stage.director.events import Event, LineEnded
from stage.director.journal import Journal
from stage.director.opened import OpenPlay
from stage.director.taking import Taking, Wings
from stage.play.cutting import CutRule
from stage.play.scene import Scene, read_scene
from tests.bench.engine import TAKES, TOKENS, clock
from tests.bench.row import Bench, Row

ROUNDS = 3
SCENE = """
title = "The keeper's mirror"
setting = "The lamp room of a lighthouse, past midnight."
[models]
base = {model}
[[cast]]
name = "Iris"
model = "base"
frame = "transcript"
sampler = {{ chain = [{{ name = "dist" }}], max_tokens = {tokens} }}
[[opening]]
speaker = "Iris"
text = "{text}"
"""


class LongTaking(Taking):
    """Takes that only their length ends, so that both sides have the same to do."""

    async def _prompt(self, *args: Any) -> Any:
        made = await super()._prompt(*args)
        self._rule = CutRule()
        return made


def measure(model: Path, folder: Path) -> Row:
    rates, lengths, ids = asyncio.run(_whole(model, folder))
    bare = [_bare(model, each, ids) for each in lengths]
    ratios = sorted(a / b for a, b in zip(rates, bare, strict=True))
    return Row(
        "whole-path",
        statistics.median(ratios),
        "of the bare loop's tokens/s",
        0.8,
        details={
            "tokens_per_s_whole": round(statistics.median(rates), 1),
            "tokens_per_s_bare": round(statistics.median(bare), 1),
            "rounds": [round(ratio, 3) for ratio in ratios],
            "takes": TAKES,
            "tokens_per_take": TOKENS,
            "prompt_tokens": len(ids),
            "model": model.name,
        },
    )


async def _whole(model: Path, folder: Path) -> tuple[list[float], list[list[int]], list[int]]:
    rates, lengths = [], []
    async with open_house(folder / "library.db") as house:
        play = await house.director.new_play(_scene(model), seed=1)
        journal = Journal(house.library)
        wings = Wings(house.library, house.pool, journal, _deaf)
        for number in range(ROUNDS + 1):
            rate, made = await _turn(play, wings, number)
            if number:  # the first one loads the model and reads the prompt
                rates.append(rate)
                lengths.append(made)
        await journal.close()
        return rates, lengths, await _ids(house.director, play)


async def _turn(play: OpenPlay, wings: Wings, number: int) -> tuple[float, list[int]]:
    taking = LongTaking(play, play.leaf, "iris", "base", wings)
    seeds = [(number * TAKES + take, number * 1000 + take) for take in range(1, TAKES + 1)]
    began = clock()
    ended = [e async for e in taking.perform(seeds, None) if isinstance(e, LineEnded)]
    made = [each.line.tokens for each in ended]
    seconds = clock() - began
    for each in ended:  # the next round starts from the same line again
        play.tree.remove(each.line.id)
    return sum(made) / seconds, made


async def _ids(director: Director, play: OpenPlay) -> list[int]:
    tree = await director.library.tree(play.id)
    made = next(line for line in tree if line.model)
    prompt = (await director.line(made.id)).prompt
    assert prompt is not None
    return list(prompt["tokens"])


def _deaf(event: Event) -> None:
    """Nobody watches."""


def _scene(model: Path) -> Scene:
    text = "The lamp has never gone out, whatever they say of it in the village. " * 4
    filled = SCENE.format(model=json.dumps(str(model)), tokens=TOKENS, text=text.strip())
    return read_scene(filled, where="bench", find=_nobody)


def _nobody(name: str) -> Any:
    raise LookupError(name)


def _bare(model: Path, lengths: list[int], ids: list[int]) -> float:
    """The better of one thread and of all cores: for tiny models one is enough."""
    words = [",".join(map(str, each)) for each in (lengths, ids)]
    rates = []
    for threads in {1, os.cpu_count() or 1}:
        command = [sys.executable, "-m", "tests.bench.bare", str(model), str(threads), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        said = json.loads(done.stdout)
        rates.append(float(said["tokens"] / said["seconds"]))
    return max(rates)


BENCH = Bench("whole-path", "the whole path against a bare loop over the same library", measure)
