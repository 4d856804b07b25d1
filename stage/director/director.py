"""The director: the one door through which window and command line ask for anything."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from stage.director import doing, importing, operating, staging
from stage.director.events import Changed, Changes, Event, ModelChanged
from stage.director.importing import Taken
from stage.director.librarian import Librarian
from stage.director.opened import OpenPlay
from stage.director.repertoire import Repertoire
from stage.director.replaying import Replay, replay
from stage.director.runs.queue import Queue
from stage.director.shelving import Shelving
from stage.director.turns.journal import Journal
from stage.director.turns.performing import Performance, Turn
from stage.director.turns.taking import Wings
from stage.director.wardrobe import model_file, moved_model
from stage.director.weighing.scoring import Scoring
from stage.director.working import Work
from stage.engine.orders import ModelState
from stage.engine.pool import Pool
from stage.engine.worker.aside import aside
from stage.kit import clock
from stage.kit.errors import KnownError
from stage.kit.ids import new_id
from stage.kit.signals import Signal
from stage.kit.tasks import spawn
from stage.play.audience import meant
from stage.play.cast import Member
from stage.play.line import Kind, Line
from stage.play.prompting.typed import spoken
from stage.play.provenance import LineRecord
from stage.play.scene import Scene
from stage.store.library import (
    Library,
    LineDetail,
    Outcome,
    PlayRow,
    Purged,
    Version,
)


class Director:
    """Plays, turns and lines over one library and one pool of models.

    Signals:
        told: every Event, in order, on the loop thread.
    """

    def __init__(self, library: Library, pool: Pool) -> None:
        """Stand between a library and the models; both are owned and closed by the house."""
        self.told: Signal[[Event]] = Signal()
        self.library = library
        self.pool = pool
        self._journal = Journal(library, self.told)
        self._wings = Wings(library, pool, self._journal, self._tell)
        self._repertoire = Repertoire()
        self._running: list[Performance] = []
        self.librarian = Librarian(library)
        self.runs = Queue(self)
        self.shelving = Shelving(pool, self._repertoire.plays, lambda: self._running)
        self.scoring = Scoring(library, pool, self.shelving.card)
        pool.changed.connect(self._model_changed)

    # plays

    async def plays(self) -> list[PlayRow]:
        """All plays of the library but those in its bin, newest first."""
        return [play for play in await self.library.plays() if not play.discarded]

    async def new_play(self, scene: Scene, *, seed: int | None = None) -> OpenPlay:
        """Set a scene: a play with its opening lines. Raises BadInput for a missing model."""
        for file in scene.models.values():
            model_file(file)
        chosen = next((each for each in (seed, scene.seed) if each is not None), None)
        drawn = int.from_bytes(new_id()[-6:].encode()) % 2**31 if chosen is None else chosen
        play_id = await self.library.create_play(scene, date=clock.today(), seed=drawn)
        play = await self.open(play_id)
        await staging.speak_openings(self, play, scene.opening)
        self._tell(Changed(Changes.PLAYS))
        return play

    async def open(self, play_id: str, models: Mapping[str, str] | None = None) -> OpenPlay:
        """Open a play, or return it as it is open already.

        Args:
            play_id: BadInput when the library has none of that id.
            models: files to use instead of the scene's, by the scene's name of the model.
        """
        play = self._repertoire.get(play_id)
        if play is None:
            scene, date, seed = await self.library.scene(play_id)
            tree = await self.library.opened(play_id)
            opened = OpenPlay(play_id, scene, date, seed, tree)
            opened.cards = await self.library.cards(play_id)
            opened.marks.update(await self.library.variables(play_id))
            play = self._repertoire.add(opened)
        for name, file in {**play.scene.models, **(models or {})}.items():
            if name not in play.models or name in (models or {}):
                play.models[name] = model_file(file, must_exist=False)
        await _seek(self.library, play, set(models or {}))
        return play

    async def reach(self, play: OpenPlay, *lines: str | None) -> None:
        """Read the paths down to some lines, where the tree does not know them."""
        await operating.reach(self.library, play, lines)

    async def surround(self, play: OpenPlay, leaf: str) -> bool:
        """As operating.surround: know the siblings of all lines of a path."""
        return await operating.surround(self.library, play, leaf)

    async def versions(self, member: Member) -> list[Version]:
        """The versions of a member's card that the library has, oldest first."""
        return await self.library.versions(member.persona.version, family=True)

    async def line(self, line_id: str) -> LineDetail:
        """Everything stored about one line. Raises BadInput for an unknown id."""
        return await self.library.line(line_id)

    async def take_in(self, file: Path, work: Work | None = None) -> list[Taken]:
        """Import the plays of a file of Stage or another program. Raises KnownError."""
        taken = await importing.take_in(self.library, file, work)
        self._tell(Changed(Changes.PLAYS))
        return taken

    # lines

    async def say(
        self,
        play_id: str,
        parent: str,
        speaker: str,
        text: str,
        kind: Kind | None = None,
        audience: Sequence[str] | None = None,
    ) -> Line:
        """Store a typed line after `parent`, and stand the play there.

        Args:
            speaker: member id.
            text: what is said; without a kind "@Ada come here" is whispered to Ada; {{user}} and
                {{char}} are said as names.
            kind: None: a whisper where there is an audience, narration when the narrator says
                it, else speech.
            audience: member ids it is meant for; None: as is usual for the kind.

        Raises:
            BadInput: an unknown name, or someone who is not on stage.
        """
        play = await self.open(play_id)
        await self.reach(play, parent)
        cast = play.cast(parent)
        member = cast[speaker]
        kind, audience, text = meant(text, kind, audience, member, cast)
        text = spoken(text, member, cast)
        ears = play.ears(parent, kind, speaker, audience)
        record = LineRecord(
            new_id(), play_id, parent, kind, speaker, text, tuple(audience) if audience else None,
            ears, member.persona.version, clock.now(), member.layer,
        )  # fmt: skip
        line = await self.library.add_line(record)
        play.tree.add(line)
        self._tell(Changed(Changes.TREE, play_id))
        await self.stand(play_id, line.id)
        return line

    async def replay(self, line_id: str) -> Replay:
        """The branch down to a line as it happened. Raises BadInput for the scene itself."""
        return await replay(self.library, line_id)

    async def stand(self, play_id: str, line_id: str) -> None:
        """Make a line the one last visited, all the way down from the root."""
        play = await self.open(play_id)
        await self.reach(play, line_id)
        await self.library.stand(play_id, play.tree.select(line_id), line_id)
        self._tell(Changed(Changes.SELECTION, play_id))

    def show_tagged(self, play: OpenPlay, on: bool) -> None:
        """Let be seen what tags hide, or not; for as long as the play is open."""
        play.tags_hide = not on
        self._tell(Changed(Changes.TREE, play.id))

    # operations

    async def do(self, play_id: str, name: str, given: Mapping[str, Any]) -> Changed:
        """Do an operation, see director.operations; `given` holds its keys and `line`.

        Raises:
            BadInput: it cannot be done, in words; nothing was changed.
            KnownError: takes were asked for and none could be made.
        """
        play = await self.open(play_id)
        step, plan = await operating.plan(self.library, play, name, given)
        return await doing.carry_out(self, self._wings, play, step, plan)

    async def undo(self, play_id: str) -> Changed:
        """Reverse the last step of a play. Raises BadInput when there is none."""
        play = await self.open(play_id)
        return await self.follow(play, await self.library.undo(play_id))

    async def redo(self, play_id: str) -> Changed:
        """Do again what was undone last. Raises BadInput when there is nothing."""
        play = await self.open(play_id)
        return await self.follow(play, await self.library.redo(play_id))

    async def undo_words(self, play_id: str) -> tuple[str | None, str | None]:
        """What undo and redo would do now: "undo split of Iris's line"; None: nothing."""
        play = await self.open(play_id)
        back, forth = await self.library.next_steps(play_id)
        return (
            None if back is None else f"undo {operating.words(play, back)}",
            None if forth is None else f"redo {operating.words(play, forth)}",
        )

    async def follow(self, play: OpenPlay, outcome: Outcome) -> Changed:
        """Bring an open play, and whoever watches, up to date with what was done to it."""
        event = await operating.follow(self.library, play, outcome)
        if outcome.recast:
            self.librarian.forget()
        if event.lines or outcome.recast:
            self._tell(event)
        return event

    async def purge(self, play_id: str, line: str | None = None) -> Purged:
        """Take deleted lines out of the library for good; whoever asks has asked the user.

        Args:
            line: only this deleted line and what stands under it; None: the whole bin.

        Raises:
            BadInput: there is nothing to purge, or a line is still being spoken.
            KnownError: no backup could be made; nothing was changed.
        """
        play = await self.open(play_id)
        purged = await self.library.purge(play_id, line)
        play.tree = await self.library.opened(play_id)
        self._tell(Changed(Changes.TREE | Changes.PLAYS, play_id, purged.lines, (), "purge"))
        return purged

    # turns

    def perform(self, play: OpenPlay, turn: Turn) -> Performance:
        """Start a turn; several may run at once. Watch `told`, or await its `done()`."""
        performance = Performance(play, turn, self._wings)
        self._running.append(performance)
        spawn(self._perform(performance), name="turn")
        return performance

    async def warm(self, play: OpenPlay) -> None:
        """Load a play's models, so that the first turn need not wait; failures are told."""
        for file in dict.fromkeys(play.models.values()):
            with suppress(KnownError):
                await self.pool.load(file)

    def stop(self, line: str | None = None) -> None:
        """End one running take, or all with the runs that wait; what was said is kept."""
        if line is None:
            self.runs.clear()
        for performance in self._running:
            performance.stop(line)

    @property
    def running(self) -> tuple[Performance, ...]:
        """The turns that run now."""
        return tuple(self._running)

    async def close(self) -> None:
        """Stop what runs, wait until it is stored, and write the journal."""
        self.stop()
        if self._running:
            await asyncio.wait([each.result for each in self._running], timeout=10)
        await self._journal.close()
        await self.scoring.write()

    async def _perform(self, performance: Performance) -> None:
        try:
            await performance.run()
        finally:
            self._running.remove(performance)

    def _tell(self, event: Event) -> None:
        self.told.fire(event)

    def _model_changed(self, path: str, state: ModelState) -> None:
        self._tell(ModelChanged(path, state.phase, state.progress, state.sentence, state.details))


async def _seek(library: Library, play: OpenPlay, given: set[str]) -> None:
    """Look for model files that were moved, in the folders watched, by their content."""
    lost = [n for n, file in play.models.items() if n not in given and not file.exists()]
    spoke = await library.models_of(play.id) if lost else {}
    for name in (each for each in lost if each in spoke):
        identity, known = spoke[name]
        found = await aside(partial(moved_model, identity, known))
        if found is not None:
            play.models[name] = found
