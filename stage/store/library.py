"""The library: the archive's only door. Each call is one piece of work for its thread."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from stage.play.changes import Change
from stage.play.growth import Family
from stage.play.line import Line
from stage.play.persona import Persona
from stage.play.provenance import (
    Chunk,
    LineRecord,
    ModelRecord,
    PromptRecord,
    TakeEnding,
    TakeRecord,
)
from stage.play.scene import Scene
from stage.play.scored import ScoreRecord
from stage.play.token import Token, Vocabulary
from stage.play.tree import Tree
from stage.store import (
    branches,
    dumping,
    lines,
    listing,
    models,
    planting,
    plays,
    prompts,
    recutting,
    scores,
)
from stage.store.care import restoring
from stage.store.details import LineDetail as LineDetail
from stage.store.file.archive import URGENT
from stage.store.file.counting import Heard, unheard
from stage.store.file.desk import Desk
from stage.store.finding import indexing, searching, wording
from stage.store.finding.searching import Hit as Hit
from stage.store.finding.searching import Known as Known
from stage.store.listing import PlayFacts as PlayFacts
from stage.store.listing import PlayRow as PlayRow
from stage.store.plays import Version as Version
from stage.store.reading import Reading
from stage.store.running import Running
from stage.store.trail import carrying, history, purging, runs
from stage.store.trail.bin import Binned as Binned
from stage.store.trail.history import Outcome as Outcome
from stage.store.trail.history import Step as Step
from stage.store.trail.past import Happened as Happened
from stage.store.trail.purging import Purged as Purged
from stage.store.trail.runs import RunRow as RunRow
from stage.store.trail.runs import RunTake as RunTake

_UNINDEXED = 64  # so many new lines wait before they are indexed


class Library(Reading):
    """One library file, open. Writes that raise have changed nothing."""

    def __init__(self, desk: Desk) -> None:
        """Take over an open desk; use `open` instead."""
        super().__init__(desk)
        self._fresh = 0
        self._running = Running()

    @classmethod
    async def open(
        cls, path: Path, *, mode: Literal["write", "read"] = "write", holder: str = "stage"
    ) -> "Library":
        """Open a library; in mode "write" create it when missing, migrate it and hold it alone.

        Args:
            path: the library file.
            mode: "read" never creates or changes a file, save that what a crash left running
                is first closed where the file can be written. Of a library that another process
                holds a copy is read, see `aside`.
            holder: the program's name, told to others who want the library.

        Raises:
            BadInput: not a library, of a newer schema, missing (read) or read-only (write).
            KnownError: another process has it open (write), or the disk fails.
        """
        desk = Desk(path, readonly=mode == "read", holder=holder)
        await desk.open()
        return cls(desk)

    @property
    def path(self) -> Path:
        """The library file."""
        return self._desk.path

    @property
    def readonly(self) -> bool:
        """Whether nothing can be written through this object."""
        return self._desk.readonly

    @property
    def aside(self) -> str:
        """Which program else holds the library, so that a copy of it is read; "" for none."""
        return self._desk.aside

    @property
    def interrupted(self) -> tuple[str, ...]:
        """Ids of the lines that were found running and closed at this open."""
        return self._desk.interrupted

    async def close(self) -> None:
        """Finish waiting work, index, checkpoint and let go of the file. May be called twice."""
        await self._desk.close()

    async def create_play(
        self, scene: Scene, *, date: str, seed: int, forked_from: str | None = None
    ) -> str:
        """Store a new play with its personas and scene root; returns its id.

        Args:
            date: the play's frozen date, YYYY-MM-DD.
            seed: the seed that every take's seed is drawn from.
        """
        return await self._desk.write(plays.create, scene, date, seed, forked_from)

    async def plays(self) -> list[PlayRow]:
        """Every play, the one changed last first."""
        return await self._desk.read(listing.listed)

    async def tree(self, play: str) -> Tree:
        """The whole tree of a play, texts and hidden lines included. Raises BadInput."""
        return await self._desk.read(plays.tree, play)

    async def opened(self, play: str) -> Tree:
        """The tree of a play that knows the path last visited, and asks for more when looked at.

        It stays true while every change of the play is told to it. Raises BadInput.
        """
        return await self._desk.read(branches.opened, play, self._desk.ask)

    async def families(self, play: str, parents: Sequence[str]) -> list[Family]:
        """What stands under each of some lines, for a tree to learn."""
        return await self._desk.read(branches.families, play, parents)

    async def around(self, play: str, line: str) -> tuple[list[Family], list[Line]]:
        """The path down to a line and what stands beside its end, for a tree to learn."""
        return await self._desk.read(branches.around, play, line)

    async def add_line(self, record: LineRecord) -> Line:
        """Store a line that nobody's model made. Raises BadInput for an unknown parent."""
        return await self._desk.write(lines.add, record)

    async def remember_model(self, model: ModelRecord, vocabulary: Vocabulary) -> None:
        """Store what is known of a model file, and its vocabulary once."""
        await self._desk.write(models.remember, model, vocabulary)

    async def models_of(self, play: str) -> dict[str, tuple[str, list[str]]]:
        """The models that spoke in a play: name -> identity and known paths. Raises BadInput."""
        return await self._desk.read(models.of_play, play)

    async def remember_prompt(self, prompt: PromptRecord) -> str:
        """Store an exact prompt once; returns its id, the hash of its content."""
        return await self._desk.write(prompts.remember, prompt)

    async def keep_scores(self, records: Sequence[ScoreRecord]) -> None:
        """Write down what models made of lines; what they name is remembered already."""
        await self._desk.write(scores.keep, records)

    async def begin_takes(
        self,
        begun: Sequence[TakeRecord],
        prompt: str,
        decision: Mapping[str, Any] | None = None,
    ) -> None:
        """Write down takes before their first token; `prompt` is remember_prompt's answer."""
        await self._desk.write(self._running.begin, begun, prompt, decision)

    async def append(self, chunks: Sequence[Chunk]) -> None:
        """Journal tokens in one transaction, before all other work. On disk when it returns.

        Raises:
            KnownError: the disk failed; nothing of it was stored, so it can be tried again.
        """
        await self._desk.write(self._running.append, chunks, priority=URGENT)

    async def end_take(self, ending: TakeEnding, last: Sequence[Token] = ()) -> Line:
        """Turn a running take into a line; `last` are its tokens that were not appended yet."""
        line = await self._desk.write(self._running.end, ending, last)
        self._fresh += 1
        if self._fresh >= _UNINDEXED:
            self._fresh = 0
            self._desk.later(indexing.index)
        return line

    async def note_failure(self, play: str, line: str, told: Mapping[str, Any]) -> None:
        """Write down that a model could not begin its takes after a line, see trail.runs."""
        await self._desk.write(runs.note_failure, play, line, told)

    async def stand(
        self, play: str, turned: Sequence[tuple[str, str]], line: str | None = None
    ) -> None:
        """Remember for each (parent, child) that it is shown, and the line stood on."""
        await self._desk.write(plays.stand, play, turned, line)

    async def hide(self, play: str, line: str) -> None:
        """Hide a line; it stays in the library."""
        await self._desk.write(plays.set_hidden, play, line, True)

    async def show(self, play: str, line: str) -> None:
        """Show a hidden line again."""
        await self._desk.write(plays.set_hidden, play, line, False)

    async def say_again(self, play: str, parent: str, line: str, origin: Mapping[str, Any]) -> Line:
        """Store a line of the record once more under another, see recutting.again."""
        return await self._desk.write(recutting.again, play, parent, line, origin)

    async def carry(self, play: str, source: str, line: str) -> Line:
        """Change the cast at a line as it was changed at another, see trail.carrying."""
        return await self._desk.write(carrying.carry, play, source, line)

    async def remember_persona(self, persona: Persona) -> None:
        """Store a card, once."""
        await self._desk.write(plays.remember, persona)

    async def operate(self, play: str, step: Step, changes: Sequence[Change]) -> Outcome:
        """Do the changes of an operation, whole or not at all. Raises BadInput."""
        return await self._desk.write(history.operate, play, step, changes)

    async def undo(self, play: str) -> Outcome:
        """Reverse the last step of a play. Raises BadInput when there is none."""
        return await self._desk.write(history.undo, play)

    async def redo(self, play: str) -> Outcome:
        """Do again what was undone last. Raises BadInput when there is nothing."""
        return await self._desk.write(history.redo, play)

    async def purge(self, play: str, line: str | None = None) -> Purged:
        """Take deleted lines out of the library for good, after a verified backup.

        Args:
            line: a deleted line, to purge only it and what stands under it; None: the whole bin.

        Raises:
            BadInput: there is nothing to purge, or a line is still being spoken.
            KnownError: no backup could be made, or the disk failed; then nothing was changed.
        """
        return await self._desk.write(purging.purge, self.path, play, line)

    async def dump(self, play: str) -> AsyncIterator[dict[str, Any]]:
        """Every record of a play as it is now, parents before children, for a lossless export.

        Read a page at a time, so that token batches slip in between. Takes that still run and
        lines made meanwhile are left out. Raises BadInput for an unknown play.
        """
        dump = await self._desk.read(dumping.begin, play)
        for row in dump.head:
            yield row
        while rows := await self._desk.read(dumping.page, dump):
            for row in rows:
                yield row
        for row in dump.tail:
            yield row

    async def restore(self, rows: Iterable[Mapping[str, Any]], heard: Heard = unheard) -> str:
        """Import what `dump` gave, from an untrusted source; returns the play's id.

        Args:
            heard: called on the archive's thread with how many rows more are stored; what it
                raises ends the import, and nothing was changed.

        Raises:
            BadInput: the rows are malformed, altered, or the play is there and differs; nothing
                was changed.
        """
        play = await self._desk.write(restoring.restore, rows, heard)
        self._desk.later(indexing.index)
        return play

    async def plant(
        self, scene: Scene, *, date: str, lines: Sequence[LineRecord], tip: str | None,
        heard: Heard = unheard, marks: Sequence[tuple[str, str]] = (),
    ) -> str:  # fmt: skip
        """Store a play with all of its typed lines at once, see planting.plant; returns its id."""
        play = await self._desk.write(planting.plant, scene, date, lines, tip, heard, marks)
        self._desk.later(indexing.index)
        return play

    async def search(self, words: str, *, limit: int = 50, ranked: bool = False) -> list[Hit]:
        """Lines of all plays that fit what a user typed, newest first or by rank.

        Args:
            words: see wording.understand; hidden lines are left out unless asked for.

        Raises:
            BadInput: nothing can be looked for.
        """
        wanted = wording.understand(words)
        return await self._desk.read(searching.search, wanted, limit, ranked)

    async def tend(self) -> bool:
        """Check after an unclean stop, and make the backup of the day, giving way to all else.

        Returns:
            False when other work came first; to be tried again later.

        Raises:
            KnownError: the library is damaged, or there is no room for a backup.
        """
        return await self._desk.tend()
