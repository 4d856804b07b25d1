"""The plays that are open: those that somebody holds, and the last ones that were asked for."""

from collections.abc import Iterable
from weakref import WeakValueDictionary

from stage.director.opened import OpenPlay

KEPT = 12  # plays that stay open though nobody holds them


class Repertoire:
    """Open plays by id; there is never a second one of an id that somebody still holds."""

    def __init__(self) -> None:
        """Have none open."""
        self._held: WeakValueDictionary[str, OpenPlay] = WeakValueDictionary()
        self._latest: list[OpenPlay] = []

    def get(self, play_id: str) -> OpenPlay | None:
        """A play that is open, None for one that is not."""
        play = self._held.get(play_id)
        return None if play is None else self.add(play)

    def add(self, play: OpenPlay) -> OpenPlay:
        """Have a play open, or the one of its id that is open already; returns that."""
        play = self._held.setdefault(play.id, play)
        self._latest = [*(each for each in self._latest if each is not play), play][-KEPT:]
        return play

    def plays(self) -> Iterable[OpenPlay]:
        """All that are open."""
        return self._held.values()
