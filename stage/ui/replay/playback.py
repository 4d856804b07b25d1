"""A replay on the page: the lines that have begun, with what has been said of them by then."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from stage.director.opened import OpenPlay
from stage.director.replaying import LineBegins, Replay
from stage.play.line import Line
from stage.ui.dress.glyphs import colour_index
from stage.ui.lanes.entry import Entry, entry, speaker


class Playback:
    """Makes the entries of a replay; those of lines that have ended are made once."""

    def __init__(self, play: OpenPlay, replay: Replay) -> None:
        """Know the play whose record it is."""
        self._play, self._replay = play, replay
        self._known: dict[str, Entry] = {}

    def made(self) -> Iterator[Entry]:
        """Make the entry of each line, before any is wanted."""
        return (
            self._whole(each.line) for _, each in self._replay.beats if isinstance(each, LineBegins)
        )

    def entries(self) -> list[Entry]:
        """What is seen now; the last line may be half said."""
        told = self._replay.texts()
        made = [self._whole(line) for line, _ in told]
        if told and told[-1][1] != told[-1][0].text:
            made[-1] = replace(made[-1], text=told[-1][1].lstrip(), running=True)
        return made

    def ticks(self) -> Sequence[tuple[float, int]]:
        """Where lines begin: (share of the length, index of the speaker's colour)."""
        length = self._replay.length or 1.0
        return [
            (seconds / length, colour_index(speaker(self._play, each.line)))
            for seconds, each in self._replay.beats
            if isinstance(each, LineBegins)
        ]

    def _whole(self, line: Line) -> Entry:
        if line.id not in self._known:
            self._known[line.id] = entry(self._play, line)
        return self._known[line.id]
