"""Every row of a play as records: nothing forgotten, parents first, running takes left out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from stage.play.provenance import Chunk
from stage.store import dumping, rows
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import forest, stock, tokens

# Tables that no export holds, and why.
EXEMPT = {
    "state": "of this library only",
    "model_path": "of this machine only",
    "take_chunk": "the journal of running takes",
    "take_live": "running takes are left out",
    "run": "schema 1 makes none",
    "run_item": "schema 1 makes none",
    "probe": "schema 1 makes none",
    "probe_answer": "schema 1 makes none",
    "seal": "made again when it is imported",
    "_sqlite_migrations": "of this library only",
    "sqlite_stat1": "of this library only",
}


def test_every_column_is_exported_or_exempt_with_a_reason(path: Path, opened: Open) -> None:
    opened(stock)
    connection = sqlite3.connect(path)
    names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'message_fts%'"
    for (table,) in connection.execute(names).fetchall():
        if table in EXEMPT:
            continue
        wanted = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} - {"rid"}
        given = {column.name for column in rows.TABLES[table]}
        local = {name.split(".")[1] for name in rows.LOCAL if name.startswith(f"{table}.")}
        assert given | local == wanted, table
    connection.close()
    assert all(rows.LOCAL.values())


def test_parents_come_before_children(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await forest(library, [0, 1, 1, 0, 3, 2])
        seen: set[object] = {None}
        async for row in library.dump(made.play):
            for column in rows.TABLES[row["type"]]:
                if column.form == "ref" and row["type"] != "play":
                    assert row[column.name] in seen, (row["type"], column.name)
            seen |= {row.get("id"), row.get("hash"), row.get("identity")}

    opened(work)


def test_only_the_play_that_was_asked_for_comes_out(opened: Open) -> None:
    async def work(library: Library) -> None:
        one, two = await forest(library, [0, 0]), await forest(library, [0, 0, 1])
        dumped = [row async for row in library.dump(one.play)]
        assert {row["play"] for row in dumped if "play" in row} == {one.play}
        assert two.root not in {row.get("id") for row in dumped}

    opened(work)


def test_running_takes_and_lines_made_meanwhile_are_left_out(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        take = await made.begin(made.root)
        await library.append([Chunk(take, 0, tokens(0))])
        dump = library.dump(made.play)
        first = await anext(dump)
        late = await made.say(made.root, "later")
        ids = {first.get("id")} | {row.get("id") async for row in dump}
        assert made.root in ids
        assert not {take, late.id} & ids
        await made.end(take, tokens(0))

    opened(work)


def test_long_plays_come_in_pages(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await forest(library, list(range(9)))
        whole = [row async for row in library.dump(made.play)]
        kept, dumping.PAGE = dumping.PAGE, 2
        try:
            assert [row async for row in library.dump(made.play)] == whole
        finally:
            dumping.PAGE = kept

    opened(work)


def test_cards_that_were_drawn_from_another_come_with_it(opened: Open) -> None:
    from dataclasses import replace

    from stage.play.persona import persona
    from stage.store import plays
    from tests.store.making import scene

    async def work(library: Library) -> None:
        old = persona("Ada", description="older")
        await library._desk.write(
            lambda c: plays.remember_personas(c, [old]),
        )
        play = await library.create_play(replace(scene()), date="d", seed=1)
        cards = [row async for row in library.dump(play) if row["type"] == "persona_version"]
        assert cards[0]["hash"] == old.version
        assert [row["parent"] for row in cards] == [None, old.version, None]

    opened(work)
