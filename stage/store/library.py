"""The library: the archive's only door. Async calls in, work done on its one thread."""

import contextlib
import functools
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from stage.kit.errors import BadInput, BugError
from stage.play.line import Line
from stage.play.provenance import (
    Chunk,
    LineRecord,
    ModelRecord,
    PromptRecord,
    TakeEnding,
    TakeRecord,
)
from stage.play.scene import Scene
from stage.play.token import Token, Vocabulary
from stage.play.tree import Tree
from stage.store import (
    backup,
    checking,
    details,
    dumping,
    indexing,
    lines,
    lock,
    models,
    plays,
    prompts,
    restoring,
    schema,
    takes,
)
from stage.store import connection as connections
from stage.store.archive import LAST, NORMAL, URGENT, Archive
from stage.store.details import LineDetail
from stage.store.faults import told
from stage.store.plays import PlayRow

P = ParamSpec("P")
T = TypeVar("T")
_UNINDEXED = 64  # so many new lines wait before they are indexed


class Library:
    """One library file, open.

    Attributes:
        path: the file.
        readonly: nothing can be written through this object.
        interrupted: ids of the lines that were found running and closed at this open.
    """

    def __init__(self, path: Path, *, readonly: bool) -> None:
        """Start the archive thread; use `open` instead."""
        self.path = path
        self.readonly = readonly
        self.interrupted: tuple[str, ...] = ()
        self._archive = Archive()
        self._held: sqlite3.Connection | None = None
        self._scratch: Path | None = None  # a repaired copy of what may not be written
        self._fresh = 0
        self._closed = False

    @classmethod
    async def open(
        cls, path: Path, *, mode: Literal["write", "read"] = "write", holder: str = "stage"
    ) -> "Library":
        """Open a library; in mode "write" create it when missing, migrate it and hold it alone.

        Args:
            path: the library file.
            mode: "read" never creates or changes a file, save that what a crash left running
                is first closed where the file can be written.
            holder: the program's name, told to others who want the library.

        Raises:
            BadInput: not a library, of a newer schema, missing (read) or read-only (write).
            KnownError: another process has it open, or the disk fails.
        """
        lock.claim(path)
        library = cls(path, readonly=mode == "read")
        try:
            work = library._open_read if library.readonly else library._open_write
            await library._archive.run(functools.partial(library._told, work, holder))
        except BaseException:
            lock.release(path)
            library._archive.close(0)
            raise
        return library

    def _told(self, work: Callable[..., T], *args: Any) -> T:
        with told(self.path):
            return work(*args)

    def _open_write(self, holder: str) -> None:
        self._held = connections.for_writing(self.path, holder)
        try:
            self.interrupted = takes.close_interrupted(self._held)
        except BaseException:
            self._shut()
            raise

    def _open_read(self, holder: str) -> None:
        if connections.needs_repair(self.path):
            self._repair(holder)
        self._held = connections.for_reading(self._scratch or self.path)
        if takes.any_open(self._held):
            self._held.close()
            self._repair(holder)
            self._held = connections.for_reading(self._scratch or self.path)

    def _repair(self, holder: str) -> None:
        """Close what a crash left, as every writer does; in a copy where the file is fixed."""
        fixed = not schema.writable(self.path)
        if fixed:
            self._scratch = connections.copied(self.path)
        target = self._scratch or self.path
        repairing = connections.for_writing(target, holder)
        self.interrupted = takes.close_interrupted(repairing)
        repairing.close()
        lock.unsign(target)

    async def close(self) -> None:
        """Finish waiting work, index, checkpoint and let go of the file. May be called twice."""
        if self._closed:
            return
        self._closed = True
        try:
            await self._archive.run(functools.partial(self._told, self._shut), LAST)
        finally:
            lock.release(self.path)
            self._archive.close()

    def _shut(self) -> None:
        held, self._held = self._held, None
        if held is None:
            return
        try:
            if not self.readonly:
                with contextlib.suppress(sqlite3.Error):  # what is stored is safe already
                    indexing.index(held)
                    held.execute("PRAGMA optimize")
                    held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            held.close()
            if not self.readonly:
                lock.unsign(self.path)
            if self._scratch is not None:
                shutil.rmtree(self._scratch.parent, ignore_errors=True)

    async def _read(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args, **kwargs: P.kwargs,
    ) -> T:  # fmt: skip
        """Do work on the archive thread."""
        return await self._archive.run(lambda: self._with(work, *args, **kwargs))

    async def _write(
        self, priority: int, work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args, **kwargs: P.kwargs,
    ) -> T:  # fmt: skip
        """Do work that changes the file, whole even when the caller is cancelled meanwhile.

        Raises BadInput when the library is only read.
        """
        if self.readonly:
            raise BadInput(
                f"The library {self.path} was opened for reading only; nothing was changed."
            )
        return await self._archive.finish(lambda: self._with(work, *args, **kwargs), priority)

    def _with(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args, **kwargs: P.kwargs,
    ) -> T:  # fmt: skip
        if self._held is None:
            raise BugError("the library is closed")
        with told(self.path):
            return work(self._held, *args, **kwargs)

    async def create_play(
        self, scene: Scene, *, date: str, seed: int, forked_from: str | None = None
    ) -> str:
        """Store a new play with its personas and scene root; returns its id.

        Args:
            date: the play's frozen date, YYYY-MM-DD.
            seed: the seed that every take's seed is drawn from.
        """
        return await self._write(NORMAL, plays.create, scene, date, seed, forked_from)

    async def plays(self) -> list[PlayRow]:
        """Every play, the one changed last first."""
        return await self._read(plays.listed)

    async def scene(self, play: str) -> tuple[Scene, str, int]:
        """The scene with its personas, the frozen date and the seed. Raises BadInput."""
        return await self._read(plays.scene, play)

    async def tree(self, play: str) -> Tree:
        """The whole tree of a play, texts and hidden lines included. Raises BadInput."""
        return await self._read(plays.tree, play)

    async def add_line(self, record: LineRecord) -> Line:
        """Store a line that nobody's model made. Raises BadInput for an unknown parent."""
        return await self._write(NORMAL, lines.add, record)

    async def remember_model(self, model: ModelRecord, vocabulary: Vocabulary) -> None:
        """Store what is known of a model file, and its vocabulary once."""
        await self._write(NORMAL, models.remember, model, vocabulary)

    async def remember_prompt(self, prompt: PromptRecord) -> str:
        """Store an exact prompt once; returns its id, the hash of its content."""
        return await self._write(NORMAL, prompts.remember, prompt)

    async def begin_takes(
        self,
        takes_: Sequence[TakeRecord],
        prompt: str,
        decision: Mapping[str, Any] | None = None,
    ) -> None:
        """Write down takes before their first token; `prompt` is remember_prompt's answer."""
        await self._write(NORMAL, takes.begin, takes_, prompt, decision)

    async def append(self, chunks: Sequence[Chunk]) -> None:
        """Journal tokens in one transaction, before all other work. On disk when it returns.

        Raises:
            KnownError: the disk failed; nothing of it was stored, so it can be tried again.
        """
        await self._write(URGENT, takes.append, chunks)

    async def end_take(self, ending: TakeEnding) -> Line:
        """Turn a running take, all of its tokens appended, into a line."""
        line = await self._write(NORMAL, takes.end, ending)
        self._fresh += 1
        if self._fresh >= _UNINDEXED:
            self._fresh = 0
            self._archive.submit(lambda: self._with(indexing.index), LAST)
        return line

    async def select(self, play: str, parent: str, child: str) -> None:
        """Remember which child is shown under a line."""
        await self._write(NORMAL, plays.select, play, parent, child)

    async def set_tip(self, play: str, line: str) -> None:
        """Remember the line a play was last stood on."""
        await self._write(NORMAL, plays.set_tip, play, line)

    async def hide(self, play: str, line: str) -> None:
        """Hide a line; it stays in the library."""
        await self._write(NORMAL, plays.set_hidden, play, line, True)

    async def show(self, play: str, line: str) -> None:
        """Show a hidden line again."""
        await self._write(NORMAL, plays.set_hidden, play, line, False)

    async def line(self, line_id: str) -> LineDetail:
        """Everything stored about one line, ready for JSON. Raises BadInput."""
        return await self._read(details.line, line_id)

    async def tokens(self, line_id: str) -> list[Token]:
        """The tokens of a line; empty for a typed one. Raises BadInput."""
        return await self._read(details.tokens, line_id)

    async def vocabulary(self, hash_: str) -> Vocabulary | None:
        """A vocabulary by its hash."""
        return await self._read(models.vocabulary, hash_)

    async def dump(self, play: str) -> AsyncIterator[dict[str, Any]]:
        """Every record of a play as it is now, parents before children, for a lossless export.

        Read a page at a time, so that token batches slip in between. Takes that still run and
        lines made meanwhile are left out. Raises BadInput for an unknown play.
        """
        dump = await self._read(dumping.begin, play)
        for row in dump.head:
            yield row
        while rows := await self._read(dumping.page, dump):
            for row in rows:
                yield row
        for row in dump.tail:
            yield row

    async def restore(self, rows: Iterable[Mapping[str, Any]]) -> str:
        """Import what `dump` gave, from an untrusted source; returns the play's id.

        Raises:
            BadInput: the rows are malformed, altered, or the play is there and differs; nothing
                was changed.
        """
        return await self._write(NORMAL, restoring.restore, rows)

    async def check(self) -> list[str]:
        """Look for damage: database, references, hashes, tokens, index. One sentence each."""
        return await self._read(checking.check, self.readonly)

    async def snapshot(self, target: Path) -> None:
        """Write a verified copy of the library. Raises KnownError when the file exists."""
        await self._read(backup.snapshot, target)
