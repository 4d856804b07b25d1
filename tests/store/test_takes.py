"""Takes: the journal while they run, what a crash leaves, and how they end."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from stage.kit.errors import BadInput, BugError, KnownError
from stage.play.cutting import CutRule
from stage.play.line import Cut, Status
from stage.play.provenance import Chunk
from stage.play.token import Token
from stage.store import takes
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import Stock, stock, tokens


def count(path: Path, table: str) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        connection.close()


def abandon(path: Path, work: object) -> object:
    """Do work in a library and let go of the file as a crash would: nothing is closed."""

    async def inside() -> object:
        library = await Library.open(path)
        result = await work(library)  # type: ignore[operator]
        await library._desk._archive.run(lambda: _drop(library))
        library._desk._closed = True
        from stage.store.file import lock

        lock.release(path)
        library._desk._archive.close()
        return result

    return asyncio.run(inside())


def _drop(library: Library) -> None:
    held = library._desk._held
    assert held is not None
    held.close()


def test_a_running_take_is_no_line_and_its_journal_goes_when_it_ends(
    opened: Open, path: Path
) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        take = await made.begin(made.root)
        await library.append([Chunk(take, 0, tokens(0))])
        assert len(await library.tree(made.play)) == 1
        await made.end(take, tokens(0))
        assert len(await library.tree(made.play)) == 2

    opened(work)
    assert count(path, "take_chunk") == count(path, "take_live") == 0
    assert count(path, "take_end") == 1


def test_takes_left_running_are_closed_with_their_text(path: Path, opened: Open) -> None:
    async def work(library: Library) -> tuple[Stock, list[str]]:
        made = await stock(library)
        ids = [await made.begin(made.root, number=n + 1) for n in range(3)]
        await library.append([Chunk(ids[0], 0, tokens(0, 1)), Chunk(ids[1], 0, tokens(2))])
        await library.append([Chunk(ids[0], 1, tokens(3, 4, 5))])
        return made, ids

    made, ids = abandon(path, work)  # type: ignore[misc]

    async def look(library: Library) -> None:
        assert library.interrupted == tuple(ids)
        tree = await library.tree(made.play)
        assert [tree[each].text for each in ids] == ["the light, café", "turns", ""]
        for each in ids:
            assert (tree[each].status, tree[each].reason) == (Status.INTERRUPTED, Cut.ERROR)
        detail = await library.line(ids[0])
        assert detail.raw_text == " the light, café"  # half a character is not shown
        assert detail.error is not None
        assert await library.tokens(ids[0]) == list(tokens(0, 1, 3, 4, 5))
        assert await library.check() == []

    opened(look)

    async def again(library: Library) -> None:
        assert library.interrupted == ()

    opened(again)


def test_reading_after_a_crash_shows_the_interrupted_line(path: Path, opened: Open) -> None:
    async def work(library: Library) -> str:
        made = await stock(library)
        take = await made.begin(made.root)
        await library.append([Chunk(take, 0, tokens(0, 1))])
        return made.play

    play = abandon(path, work)

    async def look(library: Library) -> None:
        lines = list(await library.tree(play))  # type: ignore[arg-type]
        assert lines[-1].text == "the light"
        assert lines[-1].status is Status.INTERRUPTED

    opened(look, mode="read")


def test_the_text_of_an_interrupted_take_is_cut_as_its_rule_says(path: Path, opened: Open) -> None:
    async def work(library: Library) -> str:
        made = await stock(library)
        take = await made.begin(made.root, rule=CutRule(("Ada",), ("Bo",), False))
        said = (Token(1, b"Ada: hello\nBo: and", -1.0), Token(2, b" I?", -1.0))
        await library.append([Chunk(take, 0, said)])
        return take

    take = abandon(path, work)

    async def look(library: Library) -> None:
        detail = await library.line(take)  # type: ignore[arg-type]
        assert detail.line.text == "hello"
        assert detail.raw_text == "Ada: hello\nBo: and I?"
        assert detail.cut_at == 10

    opened(look)


def test_ending_or_feeding_a_take_that_does_not_run_is_our_own_error(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = await made.take(made.root, 0)
        with pytest.raises(BugError):
            await made.end(line.id, tokens(0))
        for take in (line.id, "nothing"):
            with pytest.raises(BugError):
                await library.append([Chunk(take, 1, tokens(0))])
        assert await library.check() == []

    opened(work)


def test_takes_need_a_prompt_a_model_and_a_persona_that_are_known(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        made.prompt = "b2:nothing"
        with pytest.raises(BadInput, match="no prompt"):
            await made.begin(made.root)

    opened(work)


def test_a_full_disk_is_told_and_the_tokens_can_be_stored_later(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        take = await made.begin(made.root)
        await library.append([Chunk(take, 0, tokens(0))])

        def limit(connection: sqlite3.Connection, pages: int) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages}")

        (used,) = await library._desk.read(lambda c: c.execute("PRAGMA page_count").fetchone())
        await library._desk.read(limit, used)
        large = Chunk(take, 1, tokens(*[1] * 500))
        with pytest.raises(KnownError, match="disk is full"):
            await library.append([large])
        with pytest.raises(KnownError, match="disk is full"):
            await made.say(made.root, "word " * 5000)
        assert len(await library.tokens(made.root)) == 0
        await library._desk.read(limit, 1_000_000)
        await library.append([large])
        line = await made.end(take, tokens(0, *[1] * 500))
        assert line.generated == 501
        assert await library.check() == []

    opened(work)


def test_any_open_sees_running_takes(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        assert not await library._desk.read(takes.any_open)
        take = await made.begin(made.root)
        assert await library._desk.read(takes.any_open)
        await made.end(take, ())

    opened(work)


def test_a_take_keeps_its_layer_and_what_it_set(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        plain = await made.take(made.root, 0)
        take = await made.begin(plain.id, marks={"layer": "Mask", "variables": {"a": "1"}})
        line = await made.end(take, ())
        tree = await library.tree(made.play)
        assert (plain.layer, line.layer, tree[line.id].layer) == (None, "Mask", "Mask")
        assert await library.variables(made.play) == {line.id: {"a": "1"}}
        assert await library.check() == []

    opened(work)
