"""kill -9 at any moment: what was acknowledged is there, and the library is sound."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stage.play.line import Status
from stage.play.provenance import Chunk
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import stock, tokens

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import asyncio, sys
from pathlib import Path
from tests.store.making import stock, tokens
from stage.play.provenance import Chunk
from stage.store.library import Library
async def main():
    library = await Library.open(Path(sys.argv[1]))
    made = await stock(library)
    while True:
        take = await made.begin(made.root)
        for seq in range(4):
            await library.append([Chunk(take, seq, tokens(0, 1, 2))])
            print(made.play, take, (seq + 1) * 3, flush=True)
        await made.end(take, tokens(*[0, 1, 2] * 4))
asyncio.run(main())
"""


async def play(library: Library) -> None:
    """What the child of another test does before it dies: speak two tokens, then kill -9."""
    made = await stock(library)
    take = await made.begin(made.root)
    await library.append([Chunk(take, 0, tokens(0, 1))])
    os.kill(os.getpid(), signal.SIGKILL)


def acknowledged(path: Path, seconds: float) -> dict[str, tuple[str, int]]:
    """Let a child write until it is killed; take -> (play, tokens it said were stored)."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    rows = [child.stdout.readline()]
    time.sleep(seconds)
    child.kill()
    rows += child.stdout.read().split("\n")
    child.stdout.close()
    child.wait()
    whole = [row.split() for row in rows if len(row.split()) == 3]
    return {take: (play, int(count)) for play, take, count in whole if count.isdigit()}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
@pytest.mark.timeout(300)
def test_twelve_kills_lose_nothing_that_was_acknowledged(path: Path, opened: Open) -> None:
    dice, known = random.Random(12), {}
    for _ in range(12):
        known |= acknowledged(path, dice.uniform(0.0, 0.25))

        async def look(library: Library) -> None:
            assert await library._desk.read(
                lambda c: c.execute("PRAGMA integrity_check").fetchall()
            ) == [("ok",)]
            assert len(library.interrupted) <= 1
            for line_id in library.interrupted:
                line = (await library.line(line_id)).line
                assert line.status is Status.INTERRUPTED

        opened(look)

    async def count(library: Library) -> None:
        assert await library.check() == []
        for take, (_, said) in known.items():
            line = await library.line(take)
            assert len(line.tokens) >= said
            assert line.line.text.startswith("the light turns")

    opened(count)
    assert len(known) >= 12
