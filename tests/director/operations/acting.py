"""A director over a library of hand-made lines: no model is needed to test an operation."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stage.director.director import Director
from stage.director.events import Changed
from stage.engine.pool import Pool
from stage.play.line import Line
from stage.play.tree import Tree
from stage.store.library import Library
from tests.store.making import Stock, stock


@dataclass
class Act:
    """A play and a director to do operations with."""

    made: Stock
    director: Director

    async def tree(self) -> Tree:
        return (await self.director.open(self.made.play)).tree

    async def do(self, name: str, line: str | None = None, /, **keys: Any) -> Changed:
        return await self.director.do(self.made.play, name, {**keys, "line": line})

    async def undo(self) -> Changed:
        return await self.director.undo(self.made.play)

    async def redo(self) -> Changed:
        return await self.director.redo(self.made.play)

    async def words(self) -> tuple[str | None, str | None]:
        return await self.director.undo_words(self.made.play)

    async def line(self, line: str) -> Line:
        return (await self.tree())[line]

    async def add(self, parent: str, text: str) -> str:
        return (await self.do("add", parent, member="Bo", text=text)).made[0]

    async def take(self, parent: str, *ids: int) -> str:
        """A take as if a model had made it."""
        line = await self.made.take(parent, *ids)
        (await self.tree()).add(line)
        return line.id

    async def children(self, parent: str) -> list[str]:
        return [line.id for line in (await self.tree()).children(parent)]

    async def texts(self, parent: str | None = None) -> list[str]:
        """The visible texts, depth first."""
        tree = await self.tree()
        return [line.text for line in tree.subtree(parent or self.made.root)][1:]

    async def is_sound(self) -> None:
        """Tree and library agree, the certificate is green, and a copy of the play is equal."""
        library = self.made.library
        stored, shown = await library.tree(self.made.play), await self.tree()
        assert [*stored] == [*shown]
        for line in stored:
            assert stored.children(line.id, hidden=True) == shown.children(line.id, hidden=True)
            assert stored.shown(line.id) == shown.shown(line.id)
        assert await library.check() == []
        rows = [row async for row in library.dump(self.made.play)]
        with tempfile.TemporaryDirectory() as folder:
            other = await Library.open(Path(folder) / "copy.db")
            try:
                await other.restore(rows)
                assert [row async for row in other.dump(self.made.play)] == rows
                copy = await other.tree(self.made.play)
                assert {each.id: copy.children(each.id) for each in copy}.keys() == {
                    each.id for each in stored
                }
                for line in stored:
                    ids = [each.id for each in stored.children(line.id)]
                    assert [each.id for each in copy.children(line.id)] == ids
                assert await other.next_steps(self.made.play) == await library.next_steps(
                    self.made.play
                )
            finally:
                await other.close()


async def begin(folder: Path) -> Act:
    """A fresh play in a fresh library."""
    library = await Library.open(folder / "library.db")
    return Act(await stock(library), Director(library, Pool()))


async def end(act: Act) -> None:
    await act.director.close()
    await act.director.pool.close()
    await act.made.library.close()


def acted(folder: Path, work: Callable[[Act], Awaitable[Any]], *, sound: bool = True) -> Any:
    """Run `work(act)` on a fresh play, then check that everything is sound."""

    async def inside() -> Any:
        act = await begin(folder)
        try:
            result = await work(act)
            if sound:
                await act.is_sound()
            return result
        finally:
            await end(act)

    return asyncio.run(inside())
