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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stage.app.house import open_house
from stage.director.director import Director
from stage.director.events import Event, LineEnded
from stage.director.opened import OpenPlay
from stage.director.turns.journal import Journal
from stage.director.turns.taking import Order, Taking, Wings
from stage.play.cutting import CutRule
from stage.play.scene import Scene, read_scene
from tests.bench.engine import TAKES, TOKENS, clock
from tests.bench.row import Bench, Row

ROUNDS = 5
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


TEXT = "The lamp has never gone out, whatever they say of it in the village. "


class LongTaking(Taking):
    """Takes that only their length ends, so that both sides have the same to do."""

    async def _prompt(self, *args: Any) -> Any:
        made = await super()._prompt(*args)
        self._rule = CutRule()
        return made


@dataclass(frozen=True)
class Work:
    """What is made of a model in each round: takes of some tokens after an opening text.

    With `plain` the other side only decodes: no sampling, no logprobs.
    """

    model: Path
    takes: int
    tokens: int
    text: str
    rounds: int
    plain: bool = False


def measure(model: Path, folder: Path) -> Row:
    work = Work(model, TAKES, TOKENS, (TEXT * 4).strip(), ROUNDS)
    return asyncio.run(compare("whole-path", "of the bare loop's tokens/s", 0.8, work, folder))


async def compare(name: str, unit: str, reach: float, work: Work, folder: Path) -> Row:
    """Let the whole path and the bare loop take turns on the same work."""
    ours, bare, counts = [], [], list(range(1, (os.cpu_count() or 1) + 1))
    async with open_house(folder / "library.db") as house:
        play = await house.director.new_play(_scene(work), seed=1)
        journal = Journal(house.library)
        wings = Wings(house.library, house.pool, journal, _deaf)
        await _turn(play, wings, 0, work)  # loads the model and reads the prompt
        ids = await _ids(house.director, play)
        for number in range(1, work.rounds + 1):
            rate, lengths = await _turn(play, wings, number, work)
            rates = {n: _bare(work, n, lengths, ids) for n in {min(counts), max(counts)}}
            best = max(rates, key=lambda n: rates[n])
            counts = [best]  # for tiny models one thread is as fast as two
            ours.append(rate)
            bare.append(rates[best])
        await journal.close()
    ratios = sorted(a / b for a, b in zip(ours, bare, strict=True))
    return Row(
        name,
        statistics.median(ratios),
        unit,
        reach,
        details={
            "tokens_per_s_whole": round(statistics.median(ours), 1),
            "tokens_per_s_bare": round(statistics.median(bare), 1),
            "rounds": [round(ratio, 3) for ratio in ratios],
            "takes": work.takes,
            "tokens_per_take": work.tokens,
            "prompt_tokens": len(ids),
            "model": work.model.name,
        },
    )


async def _turn(play: OpenPlay, wings: Wings, number: int, work: Work) -> tuple[float, list[int]]:
    taking = LongTaking(play, Order(play.leaf, "iris", "base"), wings)
    takes = range(1, work.takes + 1)
    seeds = [(number * work.takes + take, number * 1000 + take) for take in takes]
    began = clock()
    ended = [e async for e in taking.perform(seeds, None) if isinstance(e, LineEnded)]
    made = [each.line.generated for each in ended]
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


def _scene(work: Work) -> Scene:
    model = json.dumps(str(work.model))
    filled = SCENE.format(model=model, tokens=work.tokens, text=work.text)
    return read_scene(filled, where="bench", find=_nobody)


def _nobody(name: str) -> Any:
    raise LookupError(name)


def _bare(work: Work, threads: int, lengths: list[int], ids: list[int]) -> float:
    words = [",".join(map(str, each)) for each in (lengths, ids)]
    command = [sys.executable, "-m", "tests.bench.bare", str(work.model), str(threads), *words]
    command += ["plain"] if work.plain else []
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    return float(said["tokens"] / said["seconds"])


BENCH = Bench("whole-path", "the whole path against a bare loop over the same library", measure)
