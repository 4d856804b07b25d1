"""A tree is planted whole or not at all, and is as sound as one that grew."""

from __future__ import annotations

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
