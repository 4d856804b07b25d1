"""A play of very many short lines on a tiny model: tells on stdout what memory is held.

`python -m tests.app.lengthy LIBRARY MODEL WARM LINES` prints one JSON object a hundred lines:
{lines, app, workers} with resident bytes; the first after WARM lines, the last after LINES.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

import psutil

from stage.app.house import open_house
from stage.director.playing import Course, go_on
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


def tell(lines: int) -> None:
    own = psutil.Process(os.getpid())
    workers = sum(each.memory_info().rss for each in own.children(recursive=True))
    row = {"lines": lines, "app": own.memory_info().rss, "workers": workers}
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
            tell(done)


def _nobody(name: str) -> None:
    raise LookupError(name)


if __name__ == "__main__":
    library, model, warm, lines = sys.argv[1:]
    asyncio.run(main(library, model, int(warm), int(lines)))
