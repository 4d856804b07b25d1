"""The library by itself: what a line costs, how size tells, reading a path, searching."""

import asyncio
import random
import sqlite3
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from stage.kit.ids import new_id
from stage.play.line import Kind
from stage.play.provenance import Chunk, LineRecord
from stage.play.token import Token
from stage.store.library import Library
from tests.bench.engine import clock
from tests.bench.large import large
from tests.bench.row import Bench, Row
from tests.store.making import WORDS, Stock, stock

LINES, TOKENS, ROUNDS, LARGE = 30, 100, 3, 100_000


def said(dice: random.Random) -> tuple[Token, ...]:
    """A line of tokens with ten alternatives each, which do not compress away."""
    return tuple(
        Token(id_, WORDS[id_], -dice.random(),
              tuple((dice.randrange(32000), -dice.random() * 9) for _ in range(10)))
        for id_ in (dice.randrange(4) for _ in range(TOKENS))
    )  # fmt: skip


# ---------------------------------------------------------------- append


def append(model: Path, folder: Path) -> Row:
    return asyncio.run(_append(folder))


async def _append(folder: Path) -> Row:
    library = await Library.open(folder / "library.db")
    try:
        made = await stock(library)
        await _takes(made, LINES)  # warm
        rounds = []
        for number in range(ROUNDS):
            ours = await _takes(made, LINES)
            bare = _bare(folder / f"bare-{number}.db", await _bytes(library))
            rounds.append((ours / bare, ours, bare))
    finally:
        await library.close()
    ratio, ours, bare = sorted(rounds)[len(rounds) // 2]
    return Row(
        "append", ratio, "times bare inserts of the same bytes", 2, higher=False,
        details={"ms_per_line": round(ours * 1000, 3), "ms_per_line_bare": round(bare * 1000, 3),
                 "tokens_per_line": TOKENS, "rounds": [round(each[0], 2) for each in rounds]},
    )  # fmt: skip


async def _takes(made: Stock, count: int) -> float:
    """Seconds a line: its tokens journaled in one batch, then the take ended."""
    dice = random.Random(1)
    waiting = [(await made.begin(made.root), said(dice)) for _ in range(count)]
    began = clock()
    for take, tokens in waiting:
        await made.library.append([Chunk(take, 0, tokens)])
        await made.end(take, tokens)
    return (clock() - began) / count


async def _bytes(library: Library) -> list[list[tuple[Any, ...]]]:
    """What a line has written: its journal's bytes, then its rows of message and take_end."""

    def read(connection: sqlite3.Connection) -> list[list[tuple[Any, ...]]]:
        query = "SELECT * FROM {} ORDER BY rowid DESC LIMIT ?"
        return [
            connection.execute(query.format(table), (LINES,)).fetchall()
            for table in ("message", "take_end", "event")
        ]

    return await library._desk.read(read)


def _bare(path: Path, tables: list[list[tuple[Any, ...]]]) -> float:
    """Seconds a line for plain sqlite3: the same journal, commit, rows, commit, same pragmas."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    for number, rows in enumerate(tables):
        names = ", ".join(f"c{column}" for column in range(len(rows[0])))
        connection.execute(f"CREATE TABLE t{number} ({names})")
    connection.execute("CREATE TABLE journal (data)")
    inserts = [f"INSERT INTO t{number} VALUES ({', '.join('?' * len(rows[0]))})"
               for number, rows in enumerate(tables)]  # fmt: skip
    journal = b"x" * sum(len(each) for each in tables[1][0] if isinstance(each, bytes))
    began = clock()
    for line in range(LINES):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO journal VALUES (?)", (journal,))
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        for insert, rows in zip(inserts, tables, strict=True):
            connection.execute(insert, rows[line])
        connection.execute("DELETE FROM journal")
        connection.execute("COMMIT")
    seconds = (clock() - began) / LINES
    connection.close()
    return seconds


# ---------------------------------------------------------------- size


def growth(model: Path, folder: Path) -> Row:
    return asyncio.run(_compared(folder, "append-growth", 100, _said, 1.3))


def opening(model: Path, folder: Path) -> Row:
    return asyncio.run(_compared(folder, "open", 1000, _opened, 1.5))


async def _said(made: Stock, ids: list[str]) -> float:
    """Seconds to store a typed line and then a take, at the end of the play."""
    began = clock()
    for _ in range(LINES):
        await made.say(ids[-1], "One more line.")
    return (clock() - began) / LINES + await _takes(replace(made, root=ids[-1]), LINES)


async def _opened(made: Stock, ids: list[str]) -> float:
    began = clock()
    await made.library.tree(made.play)
    return clock() - began


async def _compared(
    folder: Path, name: str, few: int, measure: Callable[..., Awaitable[float]], reach: float
) -> Row:
    """A large library against a small one, in turns; each file is open alone."""
    seconds: dict[int, list[float]] = {few: [], LARGE: []}
    libraries = {count: await Library.open(folder / f"{count}.db") for count in seconds}
    try:
        plays = {count: await large(library, count) for count, library in libraries.items()}
        for made, ids in plays.values():
            await measure(made, ids)  # warm
        for _ in range(ROUNDS):
            for count, (made, ids) in plays.items():
                seconds[count].append(await measure(made, ids))
    finally:
        for library in libraries.values():
            await library.close()
    small, big = (statistics.median(seconds[count]) for count in (few, LARGE))
    return Row(
        name, big / small, f"times as long as with {few} lines", reach, higher=False,
        details={"lines": LARGE, "ms": round(big * 1000, 2), "ms_small": round(small * 1000, 2)},
    )  # fmt: skip


# ---------------------------------------------------------------- search

QUERIES = ("ka", '"ka lo"', "kalo speaker:ada", "lo mi", "speaker:bo")


def searching(model: Path, folder: Path) -> Row:
    return asyncio.run(_searching(folder))


async def _searching(folder: Path) -> Row:
    library = await Library.open(folder / "library.db")
    try:
        made, ids = await large(library, LARGE)
        record = LineRecord(new_id(), made.play, ids[-1], Kind.SPEECH, "bo", "ka lo, not indexed")
        await library.add_line(record)
        times: dict[str, float] = {}
        for query in QUERIES:
            rounds = []
            for _ in range(5):
                began = clock()
                assert await library.search(query)
                rounds.append((clock() - began) * 1000)
            times[query] = statistics.median(rounds)
    finally:
        await library.close()
    return Row(
        "search", max(times.values()), "ms, the slowest of the queries", 50, higher=False,
        details={"lines": LARGE, "queries": {key: round(ms, 1) for key, ms in times.items()}},
    )  # fmt: skip


APPEND = Bench("append", "a line of 100 tokens against bare inserts", append)
GROWTH = Bench("append-growth", "a line at 100,000 lines against 100", growth)
OPEN = Bench("open", "opening a play of 100,000 lines against 1,000", opening)
SEARCH = Bench("search", "words among 100,000 lines", searching)
