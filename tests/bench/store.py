"""The library by itself: what a line costs, how size tells, reading a path, searching."""

import asyncio
import random
import sqlite3
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from stage.director.director import Director
from stage.director.turns.journal import INTERVAL
from stage.engine.pool import Pool
from stage.engine.worker.loop import PAUSE
from stage.kit.ids import new_id
from stage.play.line import Kind
from stage.play.provenance import Chunk, LineRecord, TakeEnding
from stage.play.token import Token, Tokens, Top
from stage.store import blobs
from stage.store.file import connection as connections
from stage.store.library import Library
from tests.bench.engine import clock
from tests.bench.large import SHELF
from tests.bench.row import Bench, Row
from tests.store.making import WORDS, Stock, ending, stock

LINES, TOKENS, ROUNDS, LARGE = 30, 100, 3, 100_000
PAIRS = 7  # of the row `append`, in turns
PACE = 100  # tokens a second: as fast as a good machine says them; slower ones commit more often
FEW = 3  # lines said in one library before it is the other's turn, so that both bear the same load
Batches = list[list[Tokens]]  # what is journaled at once: reports of the engine


def said(dice: random.Random) -> list[Token]:
    """A line of tokens with ten alternatives that do not shrink."""
    return [
        Token(id_, WORDS[id_], -dice.random(),
              Top.of((dice.randrange(32000), -dice.random() * 9) for _ in range(10)))
        for id_ in (dice.randrange(4) for _ in range(TOKENS))
    ]  # fmt: skip


def _cut(tokens: list[Token], size: int) -> Batches:
    """Tokens as they come when the journal takes `size` at once: a report in every PAUSE of it."""
    pause = max(1, round(size * PAUSE / INTERVAL))
    batches = [tokens[start : start + size] for start in range(0, len(tokens), size)]
    return [
        [Tokens.of(each[start : start + pause]) for start in range(0, len(each), pause)]
        for each in batches
    ]


# ---------------------------------------------------------------- append


def append(model: Path, folder: Path) -> Row:
    return asyncio.run(_append(folder))


async def _append(folder: Path) -> Row:
    library = await Library.open(folder / "library.db")
    live, whole = round(PACE * INTERVAL), TOKENS
    try:
        made = await stock(library)
        await _takes(made, LINES)  # warm
        size, rounds = await _size(library), []
        at_once = [await _round(made, folder / f"whole-{number}.db", whole)
                   for number in range(PAIRS)]  # fmt: skip
        for number in range(PAIRS):
            rounds.append(await _round(made, folder / f"bare-{number}.db", live))
        per_token = (await _size(library) - size) / (2 * PAIRS * LINES * TOKENS)
    finally:
        await library.close()
    ratio, ours, bare = sorted(rounds)[len(rounds) // 2]
    return Row(
        "append", ratio, "times bare inserts of the same bytes", 2, higher=False,
        details={"ms_per_line": round(ours * 1000, 3), "ms_per_line_bare": round(bare * 1000, 3),
                 "tokens_per_line": TOKENS, "tokens_per_batch": live,
                 "bytes_per_token": round(per_token, 1),
                 "rounds": [round(each[0], 2) for each in rounds],
                 "rounds_in_one_commit": [round(each[0], 2) for each in at_once]},
    )  # fmt: skip


async def _round(made: Stock, path: Path, batch: int) -> tuple[float, float, float]:
    """The ratio, our seconds and the bare ones, for lines that come in batches of tokens."""
    waiting = await _begun(made, LINES, batch)
    await made.library._desk.write(lambda held: held.execute(f"VACUUM INTO '{path}'"))
    ours = await _said_by(made, waiting)
    bare = _bare(path, await _rows(made.library), [batches for _, batches in waiting])
    return ours / bare, ours, bare


async def _size(library: Library) -> int:
    """Bytes of the database that are in use."""

    def read(connection: sqlite3.Connection) -> int:
        ask = [connection.execute(f"PRAGMA {name}").fetchone()[0]
               for name in ("page_count", "freelist_count", "page_size")]  # fmt: skip
        return int((ask[0] - ask[1]) * ask[2])

    return await library._desk.read(read)


async def _takes(made: Stock, count: int) -> float:
    """Seconds a line, see `_said_by`."""
    return await _said_by(made, await _begun(made, count, TOKENS))


async def _begun(made: Stock, count: int, batch: int) -> list[tuple[TakeEnding, Batches]]:
    """Takes that run, with all that will be said and how they will end."""
    dice, waiting = random.Random(1), []
    for _ in range(count):
        take, tokens = await made.begin(made.root), said(dice)
        waiting.append((ending(take, tuple(tokens)), _cut(tokens, batch)))
    return waiting


async def _said_by(made: Stock, waiting: list[tuple[TakeEnding, Batches]]) -> float:
    """Seconds a line: tokens journaled a batch at a time, the last ones stored with the line.

    The log begins anew, as it does for plain sqlite3 in its copy.
    """
    await made.library._desk.write(lambda held: held.execute("PRAGMA wal_checkpoint(TRUNCATE)"))
    began = clock()
    for each, (*batches, last) in waiting:
        for seq, batch in enumerate(batches):
            await made.library.append([Chunk(each.take, seq, Tokens.joined(batch))])
        await made.library.end_take(each, Tokens.joined(last))
    return (clock() - began) / len(waiting)


async def _rows(library: Library) -> list[list[tuple[str, tuple[Any, ...]]]]:
    """What each of the last lines has written: (statement, values) of its rows."""

    def read(connection: sqlite3.Connection) -> list[list[tuple[str, tuple[Any, ...]]]]:
        found = []
        for table in ("message", "take_end", "event"):
            query = f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT ?"
            rows = connection.execute(query, (LINES,)).fetchall()[::-1]
            found.append([
                (f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row) for row in rows
            ])  # fmt: skip
        return [list(each) for each in zip(*found, strict=True)]

    return await library._desk.read(read)


def _bare(
    path: Path,
    lines: list[list[tuple[str, tuple[Any, ...]]]],
    batches: list[Batches],
) -> float:
    """Seconds a line for plain sqlite3, which has the bytes ready: the same transactions.

    `path` is a copy of the library from before: the same tables, indexes and pragmas.
    """
    connection = connections.for_writing(path, "bench")
    packed = [[blobs.pack(Tokens.joined(batch)) for batch in each[:-1]] for each in batches]
    began = clock()
    for journal, rows in zip(packed, lines, strict=True):
        take = rows[1][1][0]
        for seq, each in enumerate(journal):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT INTO take_chunk VALUES (?,?,?,?,?,?,?,?)", (take, seq, *each)
            )
            connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        for insert, values in rows:
            connection.execute(insert, values)
        for table in ("take_chunk", "take_live"):
            connection.execute(f"DELETE FROM {table} WHERE take = ?", (take,))
        connection.execute("COMMIT")
    seconds = (clock() - began) / len(lines)
    connection.close()
    return seconds


# ---------------------------------------------------------------- size


def growth(model: Path, folder: Path) -> Row:
    return asyncio.run(_compared(folder, "append-growth", 100, _said, 1.3, 40))


def opening(model: Path, folder: Path) -> Row:
    return asyncio.run(_compared(folder, "open", 1000, _opened, 1.5))


async def _said(made: Stock, ids: list[str]) -> float:
    """Seconds to store a typed line and then a take, at the end of the play."""
    began = clock()
    for _ in range(FEW):
        await made.say(ids[-1], "One more line.")
    return (clock() - began) / FEW + await _takes(replace(made, root=ids[-1]), FEW)


async def _opened(made: Stock, ids: list[str]) -> float:
    """Seconds until the play is open, its path read and the places at its end known."""
    director = Director(made.library, Pool())
    began = clock()
    play = await director.open(made.play)
    path = play.path(play.leaf)
    places = [play.tree.place(line.id) for line in path]
    seconds = clock() - began
    assert len(play.tree) > len(path) - 1 == len(places) - 1 >= 999
    await director.close()
    await director.pool.close()
    return seconds


async def _compared(
    folder: Path, name: str, few: int, measure: Callable[..., Awaitable[float]], reach: float,
    rounds: int = ROUNDS * 3,
) -> Row:  # fmt: skip
    """A large library against a small one, in turns; each file is open alone."""
    seconds: dict[int, list[float]] = {few: [], LARGE: []}
    plays = {count: await SHELF.library(folder, count) for count in seconds}
    try:
        for made, ids in plays.values():
            await measure(made, ids)  # warm
        for _ in range(rounds):
            for count, (made, ids) in plays.items():
                seconds[count].append(await measure(made, ids))
    finally:
        for made, _ in plays.values():
            await made.library.close()
    small, big = (statistics.median(seconds[count]) for count in (few, LARGE))
    return Row(
        name, big / small, f"times as long as with {few} lines", reach, higher=False,
        details={"lines": LARGE, "ms": round(big * 1000, 2), "ms_small": round(small * 1000, 2)},
    )  # fmt: skip


# ---------------------------------------------------------------- looking


def walking(model: Path, folder: Path) -> Row:
    return asyncio.run(_walking(folder))


async def _walking(folder: Path) -> Row:
    made, ids = await SHELF.library(folder, LARGE)
    director = Director(made.library, Pool())
    try:
        began = clock()
        play = await director.open(made.play)
        leaf = ids[999]
        await director.surround(play, leaf)
        cold = clock() - began
        times = []
        for _ in range(ROUNDS * 3):
            began = clock()
            path = play.tree.path(leaf)
            children = play.tree.children(leaf)
            counts = [play.tree.place(line.id)[1] for line in path]
            times.append((clock() - began) * 1000)
        assert (len(path), max(counts) > 1) == (1001, True)
    finally:
        await director.close()
        await director.pool.close()
        await made.library.close()
    return Row(
        "path", statistics.median(times), "ms for 1,000 lines, children, sibling counts", 5,
        higher=False, details={"lines": LARGE, "siblings": sum(counts), "children": len(children),
                               "ms_with_reading": round(cold * 1000, 1)},
    )  # fmt: skip


def undoing(model: Path, folder: Path) -> Row:
    return asyncio.run(_undoing(folder))


async def _undoing(folder: Path) -> Row:
    made, ids = await SHELF.library(folder, LARGE)
    director = Director(made.library, Pool())
    times: dict[str, list[float]] = {"undo": [], "redo": []}
    try:
        await director.open(made.play)
        steps: list[tuple[str, dict[str, Any]]] = [
            ("edit", {"line": ids[999], "text": "Other words."}),
            ("split", {"line": ids[500], "at": 9}),
            ("move", {"line": ids[-1], "to": ids[10]}),
            ("tag", {"line": ids[50_000], "name": "good"}),
            ("delete", {"line": ids[700]}),
        ]
        for name, given in steps * ROUNDS:
            await director.do(made.play, name, given)
            for way, work in (("undo", director.undo), ("redo", director.redo)):
                began = clock()
                await work(made.play)
                times[way].append((clock() - began) * 1000)
            await director.undo(made.play)
    finally:
        await director.close()
        await director.pool.close()
        await made.library.close()
    return Row(
        "undo", statistics.median(times["undo"]), "ms, of five operations", 20, higher=False,
        details={"lines": LARGE, "ms_longest": round(max(times["undo"]), 2),
                 "ms_redo": round(statistics.median(times["redo"]), 2)},
    )  # fmt: skip


# ---------------------------------------------------------------- search

QUERIES = ("ka", '"ka lo"', "kalo speaker:ada", "lo mi", "speaker:bo")


def searching(model: Path, folder: Path) -> Row:
    return asyncio.run(_searching(folder))


async def _searching(folder: Path) -> Row:
    made, ids = await SHELF.library(folder, LARGE)
    library = made.library
    try:
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
PATH = Bench("path", "a path of 1,000 lines among 100,000", walking)
UNDO = Bench("undo", "undo among 100,000 lines", undoing)
SEARCH = Bench("search", "words among 100,000 lines", searching)
