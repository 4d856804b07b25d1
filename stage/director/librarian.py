"""The librarian: what is asked of the whole library rather than of one play."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stage.director import exporting
from stage.director.exporting import Wanted, Written
from stage.director.working import Work, stoppable
from stage.kit.errors import BadInput, KnownError
from stage.kit.tasks import spawn
from stage.play.cast import Member
from stage.play.naming import Names
from stage.play.tree import Tree
from stage.store.library import (
    Binned,
    Happened,
    Hit,
    Known,
    Library,
    PlayFacts,
    PlayRow,
    Purged,
)

_MOST = 512  # plays whose names are kept at hand


@dataclass(frozen=True, slots=True)
class Found:
    """A line that was found, and who said it.

    Attributes:
        member: None where nobody of the cast did.
        model: the title of the model that did, "" for a typed line.
    """

    hit: Hit
    member: Member | None
    model: str = ""


@dataclass(frozen=True, slots=True)
class Lying:
    """A deleted line, the play it lies in, and who said it."""

    play: str
    title: str
    line: Binned
    member: Member | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found.

    Attributes:
        problems: one sentence each; none: all is sound.
        counted: how many plays, lines and takes there are, where all is sound.
    """

    problems: tuple[str, ...]
    counted: Mapping[str, int]


class Librarian:
    """Searches, lists, checks, copies; changes nothing of a play."""

    def __init__(self, library: Library) -> None:
        """Serve one library."""
        self._library = library
        self._names: dict[str, Names] = {}

    @property
    def path(self) -> Path:
        """The library file."""
        return self._library.path

    @property
    def readonly(self) -> bool:
        """Whether nothing can be changed."""
        return self._library.readonly

    def forget(self) -> None:
        """Somebody, or a model of some play, is called otherwise."""
        self._names.clear()

    async def plays(self) -> list[PlayRow]:
        """Every play, those put away and those in the bin too, the one changed last first."""
        return await self._library.plays()

    async def facts(self, ids: Sequence[str]) -> dict[str, PlayFacts]:
        """Branches and models of some plays, by id."""
        return await self._library.facts(ids)

    async def known(self) -> Known:
        """What fields of a search can be filled with."""
        return await self._library.known()

    async def search(self, words: str, limit: int) -> list[Found]:
        """Lines of all plays, newest first, see store.wording. Raises BadInput."""
        hits = await self._library.search(words, limit=limit)
        found = []
        for hit in hits:
            names = await self.names(hit.play)
            said = names.labelled(hit.speaker) if hit.speaker else None
            found.append(Found(hit, said, names.model(hit.model)))
        return found

    async def titled(self, words: str, limit: int) -> list[PlayRow]:
        """Plays with some words in their title; none of the bin."""
        return await self._library.titled(words, limit)

    async def bin(self, play: str | None = None) -> list[Lying]:
        """What was deleted from a play, or from all, the one deleted last first."""
        if play is None:
            lying = await self._library.bins()
        else:
            lying = [(play, each) for each in await self._library.bin(play)]
        titles = {row.id: row.title for row in await self._library.plays()}
        found = []
        for id_, line in lying:
            said = (await self.names(id_)).members.get(line.speaker or "")
            found.append(Lying(id_, titles.get(id_, ""), line, said))
        return found

    async def marked(self, play: str, line: str | None = None) -> Purged:
        """What `Director.purge` would take away. Raises BadInput."""
        return await self._library.marked(play, line)

    async def history(self, play: str) -> list[Happened]:
        """The steps of a play as they happened, in order. Raises BadInput."""
        return await self._library.history(play)

    async def past(self, play: str, event: int) -> tuple[Tree, str]:
        """The tree of a play, and its title, as they stood after an event. Raises BadInput."""
        return await self._library.tree_after(play, event)

    async def names(self, play: str) -> Names:
        """How those of a play are called; nobody is known of one that cannot be read."""
        if play not in self._names:
            try:
                names = await names_of(self._library, play)
            except KnownError:
                return Names()
            if len(self._names) >= _MOST:
                self._names.clear()
            self._names[play] = names
        return self._names[play]

    async def check(self, work: Work, *, deep: bool = True) -> Verdict:
        """Look for damage. Raises Stopped."""

        def told(stage: str, done: int, total: int) -> None:
            work.begin(stage, total)
            work.done = done

        checking = spawn(self._library.check(deep=deep, told=told), name="check the library")
        problems = await stoppable(checking, work)
        counted = {} if problems else await self._library.count()
        return Verdict(tuple(problems), counted)

    async def backup(self, work: Work) -> Path:
        """Make a verified backup beside the library. Raises KnownError, Stopped."""
        work.begin("copying")
        return await stoppable(spawn(self._library.backup(), name="back up"), work)

    async def export(self, wanted: Wanted, target: Path, work: Work) -> Written:
        """Write a play into a new file. Raises KnownError; then there is none."""
        if not target.parent.is_dir():
            raise BadInput(f"There is no folder {target.parent}; choose another.")
        return await exporting.write_out(self._library, wanted, target, work)


async def names_of(library: Library, play: str) -> Names:
    """How those of a play are called, whoever joined it later too. Raises KnownError."""
    scene, _, _ = await library.scene(play)
    return Names.of((*scene.cast, *await library.joined(play)), scene.models)
