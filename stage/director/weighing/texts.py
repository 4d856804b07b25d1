"""What models made of texts that are no lines: the last ones are known while Stage runs.

The library keeps what models made of lines; every score there belongs to a line of a play, and a
text that was pasted is none. So it is known until Stage ends, and written nowhere.
"""

from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from stage.director.weighing.pasting import Pasted, Stretch, scored
from stage.engine.pool import Pool
from stage.engine.scores import Heard, unheard
from stage.engine.shelf.card import Card
from stage.kit import clock
from stage.kit.errors import KnownError

KEPT = 24  # readings: the last dozen texts, each by two models
TOKENS = 60_000  # that all of them have together, some 1.5 KB each; a longer one is not kept
_Key = tuple[str, Pasted, str]  # the model's identity, what was read, the date a template may tell


@dataclass(frozen=True, slots=True)
class _Known:
    """A text as a model read it.

    Attributes:
        made: when, seconds since 1970.
        room: the size of its context; what a long text was read behind hangs on it.
    """

    stretches: tuple[Stretch, ...]
    made: float
    room: int

    @property
    def tokens(self) -> int:
        return sum(len(each.tokens) for each in self.stretches)


class Texts:
    """Lets models read texts, unless what they make of one is known."""

    def __init__(self, pool: Pool, card: Callable[[Path], Awaitable[Card | None]]) -> None:
        """Know a pool; `card` tells of a model file without loading it."""
        self._pool, self._card = pool, card
        self._known: OrderedDict[_Key, _Known] = OrderedDict()

    async def known(self, file: Path, pasted: Pasted) -> float | None:
        """When a model read a text, seconds since 1970; None: it has to be asked."""
        found = self._holding(file, await self._key(file, pasted))
        return None if found is None else found.made

    async def read(
        self, file: Path, pasted: Pasted, progress: Heard = unheard
    ) -> AsyncGenerator[Stretch, None]:
        """As pasting.scored; what is known is not asked again, and no model is loaded for it.

        Raises:
            BadInput: there is nothing to score, or the own template lacks a turn of the user.
            KnownError: no model, no template or no room, in words.
        """
        key = await self._key(file, pasted)
        if (found := self._holding(file, key)) is not None:
            for stretch in found.stretches:
                yield stretch
            return
        stretches: list[Stretch] = []
        async with aclosing(scored(self._pool, file, pasted, progress)) as read:
            async for stretch in read:
                stretches.append(stretch)
                yield stretch
        loaded = self._pool.loaded(file)
        if key is not None and loaded is not None:
            self._keep(key, _Known(tuple(stretches), clock.now(), loaded.capabilities.n_ctx))

    async def _key(self, file: Path, pasted: Pasted) -> _Key | None:
        """What a reading is known by; None where the file is no model that could be told of."""
        loaded = self._pool.loaded(file)
        try:
            card = loaded.card if loaded is not None else await self._card(file)
        except (KnownError, OSError):
            return None
        return None if card is None else (card.identity, pasted, clock.today())

    def _holding(self, file: Path, key: _Key | None) -> _Known | None:
        found = self._known.get(key) if key is not None else None
        if found is None or key is None:
            return None
        loaded = self._pool.loaded(file)
        if len(found.stretches) > 1 and loaded and loaded.capabilities.n_ctx != found.room:
            return None
        self._known.move_to_end(key)
        return found

    def _keep(self, key: _Key, read: _Known) -> None:
        """Know this one, too, and forget the oldest where there are too many."""
        if read.tokens > TOKENS:
            return
        self._known[key] = read
        self._known.move_to_end(key)
        while len(self._known) > KEPT or sum(e.tokens for e in self._known.values()) > TOKENS:
            self._known.popitem(last=False)
