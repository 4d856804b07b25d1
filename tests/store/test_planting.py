"""A tree is planted whole or not at all, and is as sound as one that grew."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from stage.kit.errors import BadInput
from stage.play.line import Kind
from stage.play.provenance import LineRecord
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import scene


def record(id_: str, parent: str, text: str) -> LineRecord:
    return LineRecord(id_, "", parent, Kind.NARRATION, "bo", text)


def test_a_planted_tree_is_sound_and_found(opened: Open) -> None:
    async def work(library: Library) -> None:
        lines = [record("a", "", "one"), record("b", "a", "two"), record("c", "a", "lone \ud800")]
        play = await library.plant(scene(), date="2026-11-20", lines=lines, tip="c")
        tree = await library.tree(play)
        assert tree.leaf_under(str(tree.root and tree.root.id)).id == "c", "one stands on the tip"
        root = tree.root
        assert root is not None
        assert [line.text for line in tree.children("a")] == ["two", "lone \ufffd"]
        assert tree["a"].parent == root.id
        assert (await library.plays())[0].tip == "c"
        assert await library.check() == []
        assert [hit.id for hit in await library.search("two")] == ["b"]
        rows = [row async for row in library.dump(play)]
        assert await library.restore(rows) == play

    opened(work)


def test_a_tree_that_cannot_stand_leaves_nothing(path: Path, opened: Open) -> None:
    async def work(library: Library) -> None:
        with pytest.raises(BadInput):
            await library.plant(
                scene(), date="", lines=[LineRecord("a", "", "", Kind.SPEECH, "bo", "x",
                                                    persona_version="none")], tip=None,
            )  # fmt: skip
        assert await library.plays() == []

    opened(work)


def test_one_import_is_one_step_with_words_also_in_another_evening(path: Path) -> None:
    async def work() -> None:
        library = await Library.open(path)
        lines = [record("a", "", "one"), record("b", "a", "two"), record("c", "", "three")]
        marks = [("b", "bookmark")]
        play = await library.plant(scene(), date="", lines=lines, tip="b", marks=marks)
        await library.close()
        library = await Library.open(path)
        back, forth = await library.next_steps(play)
        assert (back and back.words, forth) == (f"import of '{scene().title}'", None)
        undone = await library.undo(play)
        assert [line.id for line in undone.lines if line.hidden] == ["c", "a"], "the top ones"
        (row,) = await library.plays()
        assert (row.lines, row.deleted) == (0, 3)
        assert (await library.next_steps(play))[0] is None, "nothing of it is left to undo"
        await library.close()
        library = await Library.open(path)
        await library.redo(play)
        tree = await library.tree(play)
        assert ((await library.plays())[0].lines, tree["b"].bookmarked) == (3, True)
        assert [each.operation for each in await library.history(play)][1:] == ["import"] * 3
        assert await library.check() == []
        rows = [row async for row in library.dump(play)]
        assert await library.restore(rows) == play
        await library.undo(play)
        assert (await library.plays())[0].lines == 0
        await library.close()

    asyncio.run(work())
