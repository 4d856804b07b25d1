"""kill -9 at any moment: what was acknowledged is there, and the library is sound."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stage.play.line import Status
from stage.play.provenance import Chunk
from stage.store.care import backup
from stage.store.file import schema
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import stock, tokens

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("STAGE_KILLS", "3"))  # of each kind; 100 by hand
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
@pytest.mark.timeout(max(300, 20 * KILLS))
def test_kills_lose_nothing_that_was_acknowledged(path: Path, opened: Open) -> None:
    dice, known = random.Random(12), {}
    for _ in range(max(12, KILLS)):
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
    assert len(known) >= max(12, KILLS)


# ------------------------------------------------- during operations and during a migration

ACTING = """
import asyncio, random, sys
from pathlib import Path
from stage.director.director import Director
from stage.engine.pool import Pool
from stage.kit.errors import BadInput
from stage.store.library import Library
from tests.director.operations.acting import Act
from tests.store.making import stock
async def main():
    library, dice = await Library.open(Path(sys.argv[1])), random.Random(int(sys.argv[2]))
    act = Act(await stock(library), Director(library, Pool()))
    lines, steps = [await act.add(act.made.root, "one two three")], 2
    print(act.made.play, steps, flush=True)
    while True:
        line, parent = dice.choice(lines), dice.choice([*lines[-4:], act.made.root])
        name, keys = dice.choice([
            ("add", {"member": "Bo", "text": "one two three"}), ("edit", {"text": "other words"}),
            ("split", {"at": 4}), ("move", {"to": parent}), ("reorder", {"index": 1}),
            ("delete", {}), ("restore", {}), ("prune", {}), ("note", {"text": str(steps)}),
            ("tag", {"name": "good", "scope": "subtree"}), ("merge", {}), ("undo", {}),
            ("redo", {}), ("purge", {}),
        ])
        try:
            if name == "purge":
                if dice.random() < 0.9:
                    continue
                await act.director.purge(act.made.play)
            elif name in ("undo", "redo"):
                await getattr(act, name)()
            else:
                done = await act.do(name, line, **keys)
                lines += done.made
        except BadInput:
            continue
        steps = len(await library.history(act.made.play))
        print(act.made.play, steps, flush=True)
asyncio.run(main())
"""
MIGRATING = """
import asyncio, sys
from pathlib import Path
from stage.store.library import Library
print("go", flush=True)
async def main():
    library = await Library.open(Path(sys.argv[1]))
    print("open", flush=True)
    await library.close()
asyncio.run(main())
"""


def killed_while(code: str, seconds: float, *words: str) -> list[str]:
    """Run code in a child, kill it so long after its first row; all rows it wrote whole."""
    child = subprocess.Popen(
        [sys.executable, "-c", code, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(seconds)
    child.kill()
    rest = child.stdout.read()
    child.stdout.close()
    child.wait()
    return (first + rest).split("\n")[:-1]


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
@pytest.mark.parametrize("nth", range(KILLS))
def test_a_kill_in_an_operation_loses_none_that_was_told(
    path: Path, opened: Open, nth: int
) -> None:
    seconds = random.uniform(0.0, 0.8)
    rows = killed_while(ACTING, seconds, str(path), str(random.randrange(10**6)))
    play, told = rows[-1].split()

    async def look(library: Library) -> None:
        assert await library.check() == []
        steps = len(await library.history(play))
        assert int(told) <= steps <= int(told) + 1
        event = (await library.history(play))[-1].event
        past, _ = await library.tree_after(play, event)
        assert [*past] == [*await library.tree(play)]

    opened(look)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
@pytest.mark.parametrize("nth", range(KILLS))
def test_a_kill_in_a_migration_loses_no_library(path: Path, opened: Open, nth: int) -> None:
    path.parent.mkdir()
    path.write_bytes((ROOT / "tests" / "eras" / "v1.db").read_bytes())
    connection = sqlite3.connect(path)
    connection.executemany(
        "INSERT INTO event (time, play, kind, line) VALUES (?, 1, 'looked', NULL)",
        [(float(number),) for number in range(4_000)],
    )
    connection.commit()
    connection.close()
    killed_while(MIGRATING, random.uniform(0.0, 1.2), str(path))
    assert schema.peek(path).version in (1, schema.VERSION)
    for copy in path.parent.glob("*.pre-v*.db"):
        assert backup.fault(copy) is None

    async def look(library: Library) -> None:
        assert await library.check() == []
        (play,) = await library.plays()
        texts = [line.text for line in await library.tree(play.id)]
        assert texts == ["", "Who is there?", "the light turns", ",", "the light"]
        assert len(await library.history(play.id, elements=True)) > 4_000

    opened(look)
    assert schema.peek(path).version == schema.VERSION
    assert [*path.parent.glob("*.part")] == []
