"""What can be asked of one play or line of a library; nothing here changes anything."""

import functools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from stage.play.cast import Member
from stage.play.line import Line
from stage.play.outline import Stem
from stage.play.persona import Persona
from stage.play.provenance import Recorded
from stage.play.scene import Scene
from stage.play.scored import Scored
from stage.play.spoken import Spoken
from stage.play.spot import Spot
from stage.play.token import Token, Vocabulary
from stage.play.tree import Tree
from stage.store import (
    branches,
    details,
    listing,
    models,
    plays,
    recutting,
    scores,
    spots,
    stems,
    takes,
)
from stage.store.accounts import Account, Accounts
from stage.store.care import backup, checking, keeping
from stage.store.details import LineDetail
from stage.store.file.desk import Desk
from stage.store.finding import searching, wording
from stage.store.finding.searching import Known
from stage.store.listing import PlayFacts, PlayRow
from stage.store.plays import Version
from stage.store.scores import Scores
from stage.store.trail import bin, history, past, purging, runs
from stage.store.trail.bin import Binned
from stage.store.trail.history import Step
from stage.store.trail.past import Happened
from stage.store.trail.purging import Purged
from stage.store.trail.runs import RunRow


class Reading:
    """The questions that a library answers about lines, past states and the bin."""

    def __init__(self, desk: Desk) -> None:
        """Ask at an open desk."""
        self._desk = desk
        self._scores = Scores()

    async def scene(self, play: str) -> tuple[Scene, str, int]:
        """The scene with its personas, the frozen date and the seed. Raises BadInput."""
        return await self._desk.read(plays.scene, play)

    async def next_steps(self, play: str) -> tuple[Step | None, Step | None]:
        """What undo and redo would do now."""
        return await self._desk.read(history.next_steps, play)

    async def joined(self, play: str) -> list[Member]:
        """Whoever joined the cast of a play with a line of it. Raises KnownError."""
        return await self._desk.read(plays.joined, play)

    async def bin(self, play: str) -> list[Binned]:
        """Every deleted line of a play, the one deleted last first. Raises BadInput."""
        return await self._desk.read(bin.listed, play)

    async def bins(self) -> list[tuple[str, Binned]]:
        """What was deleted from every play, with its play's id, the one deleted last first."""
        return await self._desk.read(bin.everywhere)

    async def titled(self, words: str, limit: int) -> list[PlayRow]:
        """Plays with some words in their title, at most so many; none of the bin."""
        return await self._desk.read(listing.titled, words, limit)

    async def facts(self, ids: Sequence[str]) -> dict[str, PlayFacts]:
        """Branches and models of some plays, by id; those that are not there are left out."""
        return await self._desk.read(listing.facts, ids)

    async def known(self) -> Known:
        """What fields of a search can be filled with; other work goes first."""
        return await self._desk.spare(searching.known, tries=5)

    async def check(
        self, *, deep: bool = True, told: Callable[[str, int, int], None] | None = None
    ) -> list[str]:
        """Look for damage: database, tree, hashes, index, deeply tokens. One sentence each.

        Gives way to all other work between two looks at the file.

        Args:
            told: hears (which of checking.STAGES comes, how many are done, of how many).
        """
        found: dict[str, list[str]] = {}
        stages = [each for each in checking.STAGES if checking.needed(each, found, deep)]
        for number, name in enumerate(stages):
            if told is not None:
                told(name, number, len(stages))
            if checking.needed(name, found, deep):
                readonly = self._desk.readonly
                found[name] = await self._desk.spare(checking.stage, name, readonly, deep)
        return [each for problems in found.values() for each in problems]

    async def backup(self) -> Path:
        """Make a verified backup beside the library, giving way to all other work.

        Only the newest ten are kept. Raises KnownError when there is no room.
        """
        return await self._desk.spare(keeping.keep, self._desk.path)

    async def count(self) -> dict[str, int]:
        """How many plays, lines and takes there are, see checking.count."""
        return await self._desk.read(checking.count)

    async def snapshot(self, target: Path) -> None:
        """Write a verified copy of the library. Raises KnownError when the file exists."""
        await self._desk.read(backup.snapshot, target)

    async def marked(self, play: str, line: str | None = None) -> Purged:
        """What `purge` would take away. Raises BadInput."""
        return await self._desk.read(purging.marked, play, line)

    async def history(self, play: str, *, elements: bool = False) -> list[Happened]:
        """What happened to a play, in order; with `elements` every single change."""
        return await self._desk.read(functools.partial(past.events, all_=elements), play)

    async def runs(
        self, play: str, before: int | None = None, *, most: int = 50, fewest: int = 1
    ) -> tuple[list[RunRow], int | None]:
        """Takes that were asked for together, the last first, see trail.runs. Raises BadInput."""
        return await self._desk.read(runs.page, play, before, most, fewest)

    async def moment(self, play: str, when: float) -> int:
        """The last event that had happened at a time. Raises BadInput."""
        return await self._desk.read(past.moment, play, when)

    async def tree_after(self, play: str, event: int) -> tuple[Tree, str]:
        """The tree of a play, and its title, as they stood after an event. Raises BadInput."""
        return await self._desk.read(past.tree, play, event)

    async def stems(self, play: str, after: int = -1, count: int = 2_000) -> list[Stem]:
        """Lines without what they say, in order of record, see stems.page. Raises BadInput."""
        return await self._desk.read(stems.page, play, after, count)

    async def found(self, words: str, limit: int) -> list[str]:
        """Ids of the lines that fit what a user typed, newest first, see wording.understand.

        Raises:
            BadInput: nothing can be looked for.
        """
        return await self._desk.read(searching.ids, wording.understand(words), limit)

    async def excerpts(self, play: str, ids: Sequence[str], length: int) -> dict[str, str]:
        """The first characters of lines of a play, by id. Raises BadInput."""
        return await self._desk.read(stems.excerpts, play, ids, length)

    async def spoken(self, line_id: str) -> Spoken | None:
        """What a model said for a line, None for a typed one. Raises BadInput."""
        return await self._desk.read(recutting.spoken, line_id)

    async def play_of(self, line_id: str) -> str:
        """The id of the play that a line belongs to. Raises BadInput for an unknown line."""
        return await self._desk.read(plays.of_line, line_id)

    async def line(self, line_id: str) -> LineDetail:
        """Everything stored about one line, ready for JSON. Raises BadInput."""
        return await self._desk.read(details.line, line_id)

    def accounts(self, *, prompts: bool = False) -> Callable[[Sequence[str]], list[Account]]:
        """What reads pages of lines whole, as accounts.Accounts; for who cannot await.

        Args:
            prompts: with all of the prompts, not only hash and length.
        """
        return functools.partial(self._desk.ask, Accounts(prompts=prompts).page)

    async def scores(self, ids: Sequence[str]) -> list[Scored]:
        """What models that were asked about lines made of them, the newest of each line first."""
        return await self._desk.read(self._scores.page, ids)

    async def scored(self, play: str) -> dict[str, int]:
        """How many scores there are of each line of a play that has some, by id."""
        return await self._desk.read(scores.counted, play)

    async def prompt(self, hash_: str) -> dict[str, Any]:
        """A prompt by its id: text, tokens, segments and the rest. Raises BadInput."""
        return await self._desk.read(scores.prompt, hash_)

    async def lines(self, play: str, ids: Sequence[str]) -> list[Line]:
        """Lines of a play as its tree has them; unknown ones are left out."""
        return await self._desk.read(branches.read, play, ids)

    async def tokens(self, line_id: str) -> list[Token]:
        """The tokens of a line; empty for a typed one. Raises BadInput."""
        return await self._desk.read(details.tokens, line_id)

    async def recorded(self, ids: Sequence[str]) -> list[Recorded]:
        """How lines were said: tokens and times, in the order of the ids. Raises BadInput."""
        return await self._desk.read(details.recorded, ids)

    async def spots(self, play: str, after: int, most: int) -> list[Spot]:
        """Lines without their words, those recorded after `after` first. Raises BadInput."""
        return await self._desk.read(spots.page, play, after, most)

    async def persona(self, version: str) -> Persona:
        """A version of a persona by its hash. Raises BadInput when the library lacks it."""
        return await self._desk.read(plays.card, version)

    async def versions(self, name: str, *, family: bool = False) -> list[Version]:
        """Every version of the personas of a name, or the one of a hash; oldest first.

        Args:
            family: with a hash, all versions of its persona.
        """
        return await self._desk.read(plays.versions, name, family)

    async def newest(self, names: Iterable[str]) -> dict[str, Persona]:
        """The newest card of each name that says more than the name, by the name folded."""
        return await self._desk.read(plays.newest, names)

    async def cards(self, play: str) -> dict[str, Persona]:
        """The versions of personas that changes of a play's cast name, by hash."""
        return await self._desk.read(plays.cards, play)

    async def variables(self, play: str) -> dict[str, dict[str, str]]:
        """What macros set when lines of a play were spoken: line -> name -> value."""
        return await self._desk.read(takes.variables, play)

    async def vocabulary(self, hash_: str) -> Vocabulary | None:
        """A vocabulary by its hash."""
        return await self._desk.read(models.vocabulary, hash_)
