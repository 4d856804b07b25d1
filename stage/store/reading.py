"""What can be asked of one play or line of a library; nothing here changes anything."""

import functools
from collections.abc import Sequence

from stage.play.persona import Persona
from stage.play.provenance import Recorded
from stage.play.spoken import Spoken
from stage.play.spot import Spot
from stage.play.token import Token, Vocabulary
from stage.play.tree import Tree
from stage.store import bin, details, models, past, plays, purging, recutting, spots, takes
from stage.store.bin import Binned
from stage.store.desk import Desk
from stage.store.details import LineDetail
from stage.store.past import Happened
from stage.store.plays import Version
from stage.store.purging import Purged


class Reading:
    """The questions that a library answers about lines, past states and the bin."""

    def __init__(self, desk: Desk) -> None:
        """Ask at an open desk."""
        self._desk = desk

    async def bin(self, play: str) -> list[Binned]:
        """Every deleted line of a play, the one deleted last first. Raises BadInput."""
        return await self._desk.read(bin.listed, play)

    async def marked(self, play: str, line: str | None = None) -> Purged:
        """What `purge` would take away. Raises BadInput."""
        return await self._desk.read(purging.marked, play, line)

    async def history(self, play: str, *, elements: bool = False) -> list[Happened]:
        """What happened to a play, in order; with `elements` every single change."""
        return await self._desk.read(functools.partial(past.events, all_=elements), play)

    async def moment(self, play: str, when: float) -> int:
        """The last event that had happened at a time. Raises BadInput."""
        return await self._desk.read(past.moment, play, when)

    async def tree_after(self, play: str, event: int) -> tuple[Tree, str]:
        """The tree of a play, and its title, as they stood after an event. Raises BadInput."""
        return await self._desk.read(past.tree, play, event)

    async def spoken(self, line_id: str) -> Spoken | None:
        """What a model said for a line, None for a typed one. Raises BadInput."""
        return await self._desk.read(recutting.spoken, line_id)

    async def play_of(self, line_id: str) -> str:
        """The id of the play that a line belongs to. Raises BadInput for an unknown line."""
        return await self._desk.read(plays.of_line, line_id)

    async def line(self, line_id: str) -> LineDetail:
        """Everything stored about one line, ready for JSON. Raises BadInput."""
        return await self._desk.read(details.line, line_id)

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

    async def cards(self, play: str) -> dict[str, Persona]:
        """The versions of personas that changes of a play's cast name, by hash."""
        return await self._desk.read(plays.cards, play)

    async def variables(self, play: str) -> dict[str, dict[str, str]]:
        """What macros set when lines of a play were spoken: line -> name -> value."""
        return await self._desk.read(takes.variables, play)

    async def vocabulary(self, hash_: str) -> Vocabulary | None:
        """A vocabulary by its hash."""
        return await self._desk.read(models.vocabulary, hash_)
