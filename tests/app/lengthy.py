"""A play of very many short lines on a tiny model: tells on stdout what memory is held.

`python -m tests.app.lengthy LIBRARY MODEL WARM LINES` prints one JSON object a hundred lines:
{lines, app, workers, blocks, stored}: resident bytes of both, Python's memory blocks in the app,
bytes of the library that are in use. The first after WARM lines, the last after LINES.
"""

import asyncio
import gc
import json
import os
import sqlite3
import sys
from pathlib import Path

import psutil

from stage.app.house import House, open_house
from stage.director.turns.playing import Course, go_on
from stage.play.scene import read_scene

SCENE = """
title = "A long evening"
rule = "round_robin"
[models]
base = {model}
[[cast]]
name = "Ada"
model = "base"
frame = "transcript"
sampler = {{ max_tokens = 3 }}
[[cast]]
name = "Ben"
model = "base"
frame = "transcript"
sampler = {{ max_tokens = 3 }}
"""


async def tell(house: House, lines: int) -> None:
    gc.collect()
    own = psutil.Process(os.getpid())
    workers = sum(each.memory_info().rss for each in own.children(recursive=True))
    row = {
        "lines": lines,
        "app": own.memory_info().rss,
        "workers": workers,
        "blocks": sys.getallocatedblocks(),
        "stored": await house.library._desk.read(_stored),
    }
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


async def main(library: str, model: str, warm: int, lines: int) -> None:
    scene = read_scene(SCENE.format(model=json.dumps(model)), where="test", find=_nobody)
    async with open_house(Path(library)) as house:
        play = await house.director.new_play(scene, seed=1)
        leaf, done = play.leaf, 0
        while done < lines:
            step = min(warm - done if done < warm else 100, lines - done)
            leaf = await go_on(house.director, play, Course(leaf, step))
            done += step
            await tell(house, done)


def _stored(connection: sqlite3.Connection) -> int:
    ask = ("page_count", "freelist_count", "page_size")
    pages, free, size = (connection.execute(f"PRAGMA {each}").fetchone()[0] for each in ask)
    return int((pages - free) * size)


def _nobody(name: str) -> None:
    raise LookupError(name)


if __name__ == "__main__":
    library, model, warm, lines = sys.argv[1:]
    asyncio.run(main(library, model, int(warm), int(lines)))
