"""kill -9 while it streams: the library opens, and what was not stored yet is a moment of text."""

import asyncio
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stage.app import house
from stage.app.house import open_house
from stage.kit import paths
from stage.kit.errors import ClosedError, KnownError
from stage.kit.tasks import spawn
from stage.play.line import Status
from stage.store.care import keeping
from stage.store.library import Library

KILLS = int(os.environ.get("STAGE_KILLS", "2"))
# Seconds, looked at where many kills are asked for, on a quiet machine. What was stored is there
# on any.
BOUND = 0.25 if "STAGE_KILLS" in os.environ else float("inf")


@pytest.mark.models
@pytest.mark.parametrize("nth", range(KILLS))
def test_kill_9_loses_at_most_a_quarter_second(tmp_path, nth):
    if not (paths.resources() / "models" / "stage-base.gguf").is_file():
        pytest.skip("resources/models/stage-base.gguf is not there; run make models")
    library = tmp_path / "library.db"
    told, killed = _perform_and_kill(library, random.uniform(0.2, 2.0))
    stored, problems = asyncio.run(_look(library, set(told)))
    assert problems == []
    for line, rows in told.items():
        safe = max(
            (tokens for what, tokens, at in rows if what == "stored" or at < killed - BOUND),
            default=0,
        )
        tokens, status = stored.get(line, (0, Status.INTERRUPTED))
        assert tokens >= safe, f"{safe - tokens} tokens lost"
        assert status in (Status.COMPLETE, Status.INTERRUPTED)


def _perform_and_kill(library: Path, after: float) -> tuple[dict, float]:
    """Kill a play so many seconds after the first tokens of it were stored."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.app.endless", str(library)],
        stdout=subprocess.PIPE,
        text=True,
    )
    rows = []
    while not (rows and rows[-1].startswith("stored")):
        rows.append(process.stdout.readline())
        assert rows[-1], "it ended by itself"
    time.sleep(after)
    killed = time.monotonic()
    process.kill()
    rows += process.communicate(timeout=60)[0].splitlines(keepends=True)
    told: dict[str, list[tuple[str, int, float]]] = {}
    for row in rows:
        if row.endswith("\n"):
            what, line, tokens, at = row.split()
            told.setdefault(line, []).append((what, int(tokens), float(at)))
    return told, killed


async def _look(path: Path, lines: set[str]) -> tuple[dict, list[str]]:
    library = await Library.open(path)
    try:
        problems = await library.check()
        (play,) = await library.plays()
        tree = await library.tree(play.id)
        return {
            line.id: (len(await library.tokens(line.id)), line.status)
            for line in tree
            if line.id in lines
        }, problems
    finally:
        await library.close()


def test_the_demo_play_is_brought_into_an_empty_library_once(tmp_path):
    async def titles() -> list[str]:
        async with open_house(tmp_path / "library.db", demo=True) as house:
            return [row.title for row in await house.director.plays()]

    first = asyncio.run(titles())
    assert first
    assert asyncio.run(titles()) == first


def test_reading_makes_nothing(tmp_path):
    async def work() -> None:
        async with open_house(tmp_path / "library.db", mode="read"):
            pass

    with pytest.raises(Exception, match="There is no library"):
        asyncio.run(work())
    assert list(tmp_path.iterdir()) == []


def test_an_open_house_makes_the_backup_of_the_day(tmp_path, monkeypatch):
    monkeypatch.setattr(house, "_AT_EASE", 0.0)

    async def stay() -> list[Path]:
        async with open_house(tmp_path / "library.db"):
            for _ in range(3000):
                if found := keeping.backups(tmp_path / "library.db"):
                    return found
                await asyncio.sleep(0.02)
        return []

    assert len(asyncio.run(stay())) == 1


def test_a_house_that_closes_at_once_makes_none(tmp_path):
    async def stay() -> None:
        async with open_house(tmp_path / "library.db"):
            pass

    asyncio.run(stay())
    assert keeping.backups(tmp_path / "library.db") == []


def test_what_is_still_asked_for_while_it_closes_ends_quietly(tmp_path):
    async def stay() -> None:
        async with open_house(tmp_path / "library.db") as house:
            waiting = spawn(asyncio.sleep(60), name="a view that waits")
            await asyncio.sleep(0)
        assert waiting.cancelled()
        with pytest.raises(ClosedError):
            await spawn(house.director.plays(), name="a view that comes late")

    asyncio.run(stay())  # what is logged as a failure would fail the test


def test_damage_that_upkeep_finds_is_told_to_the_loop():
    class Hurt:
        async def tend(self) -> bool:
            raise KnownError("It is damaged.")

    async def stay() -> list[str]:
        heard = []
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: heard.append(context["message"]))
        task = spawn(house.tend(Hurt()), name="upkeep")
        while not heard:
            await asyncio.sleep(0.01)
        task.cancel()
        return heard

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(house, "_AT_EASE", 0.0)
        assert asyncio.run(stay()) == ["upkeep: It is damaged."]


def test_what_is_to_be_kept_is_kept_where_nobody_else_writes(tmp_path, monkeypatch):
    notes, open_ = [], Library.open

    async def held(path, *, mode="write"):
        if mode == "write":
            raise KnownError("Another program has it.")
        return await open_(path, mode=mode)

    async def work():
        async with open_house(tmp_path / "library.db", mode="keep", note=notes.append) as alone:
            assert not alone.library.readonly
        assert notes == []
        monkeypatch.setattr(Library, "open", held)
        async with open_house(tmp_path / "library.db", mode="keep", note=notes.append) as other:
            assert other.library.readonly
        assert "not kept" in notes[0]

    asyncio.run(work())
