"""The desk: what is held is let go of, also when opening fails."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from stage.kit.errors import BadInput, BugError, KnownError
from stage.kit.tasks import spawn
from stage.store import takes
from stage.store.care import keeping
from stage.store.file.desk import Desk
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import stock


def threads() -> int:
    return sum(thread.name == "archive" for thread in threading.enumerate())


def test_a_failed_open_leaves_no_thread_no_claim_no_file(path: Path, opened: Open) -> None:
    for mode in ("read", "write"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
        with pytest.raises(BadInput):
            opened(stock, mode=mode)
    assert threads() == 0
    path.unlink()
    opened(stock)
    assert threads() == 0


def test_a_crash_while_closing_what_was_interrupted_lets_go(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(stock)

    def fail(connection: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(takes, "close_interrupted", fail)
    with pytest.raises(ZeroDivisionError):
        opened(stock)
    monkeypatch.undo()
    opened(stock)
    assert [each.name for each in path.parent.iterdir()] == ["stage.db"]


def test_later_work_is_done_before_closing(path: Path) -> None:
    done = []

    async def inside() -> None:
        desk = Desk(path, readonly=False, holder="test")
        await desk.open()
        desk.later(lambda connection: done.append(connection.execute("SELECT 1").fetchone()))
        await desk.close()
        await desk.close()
        with pytest.raises(BugError):
            await desk.read(lambda connection: None)

    asyncio.run(inside())
    assert done == [(1,)]


def test_an_urgent_batch_passes_a_long_queue(opened: Open) -> None:
    async def work(library: Library) -> list[str]:
        order: list[str] = []
        desk, gate = library._desk, threading.Event()
        jobs = [spawn(desk.read(lambda c: gate.wait()), name="test")]
        for name in "ab":
            jobs.append(spawn(desk.read(lambda c, n=name: order.append(n)), name="test"))
        urgent = desk.write(lambda c: order.append("tokens"), priority=0)
        jobs.append(spawn(urgent, name="test"))
        await asyncio.sleep(0.05)
        gate.set()
        await asyncio.gather(*jobs)
        return order

    assert opened(work) == ["tokens", "a", "b"]


def test_a_desk_that_was_never_opened_closes_and_does_nothing(path: Path) -> None:
    async def inside() -> None:
        desk = Desk(path, readonly=True, holder="test")
        with pytest.raises(BugError, match="closed"):
            await desk.read(lambda connection: None)
        await desk.close()

    asyncio.run(inside())
    assert not path.exists()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE message SET kind = 'shout' WHERE take IS NOT NULL",
        "UPDATE message SET heard_by = '[' WHERE take IS NOT NULL",
        "UPDATE message SET text = CAST(x'ff' AS TEXT) WHERE take IS NOT NULL",
        "UPDATE take_end SET tops = x'02'",
        "UPDATE take SET sampler = '{'",
    ],
)
def test_a_damaged_value_is_told_in_words(path: Path, opened: Open, damage: str) -> None:
    async def make(library: Library) -> tuple[str, str]:
        made = await stock(library)
        return made.play, (await made.take(made.root, 0, 1)).id

    play, line = opened(make)
    connection = sqlite3.connect(path)
    connection.execute(damage)
    connection.commit()
    connection.close()

    async def look(library: Library) -> None:
        told = 0
        for reading in (library.tree(play), library.line(line), library.tokens(line)):
            try:
                await reading
            except KnownError as error:
                told += "damaged" in error.sentence
        assert told

    opened(look, mode="read")


def test_long_work_gives_way_and_is_begun_anew(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stage.store.file.desk._AGAIN", 0.0)
    tries = []

    def long(connection: sqlite3.Connection, word: str, stop: Callable[[], bool]) -> str:
        tries.append(word)
        with keeping.yielding(connection, stop):
            rows = 10 if len(tries) > 2 else 1_000_000_000
            query = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?) "
            connection.execute(query + "SELECT count(*) FROM n", (rows,)).fetchone()
        return word

    async def work(library: Library) -> None:
        task = spawn(library._desk.spare(long, "done"), name="test")
        while len(tries) < 3:
            await library.plays()  # what waits comes first
            await asyncio.sleep(0)
        assert await task == "done"
        assert tries == ["done"] * 3

    opened(work)


def test_long_work_ends_soon_when_nobody_waits_for_it(opened: Open) -> None:
    begun = threading.Event()

    def endless(connection: sqlite3.Connection, stop: Callable[[], bool]) -> None:
        with keeping.yielding(connection, stop):
            begun.set()
            query = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
            connection.execute(query + "SELECT count(*) FROM n").fetchone()

    async def work(library: Library) -> None:
        task = spawn(library._desk.spare(endless), name="test")
        while not begun.is_set():
            await asyncio.sleep(0.005)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await library.plays() == []

    opened(work)
