"""A branch as it happened: a schedule made of what is stored, never made anew.

The record knows when a take was asked for, when its first token came and when it ended, and
mostly its pace: when the tokens between came. Where it does not, they are spread evenly and said
to be. It may be gone through forwards and back, a step costs the same at any length.
"""

import codecs
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stage.kit.errors import BadInput
from stage.play.line import Line
from stage.play.pace import offsets
from stage.play.provenance import Recorded
from stage.store.library import Library

PAUSE = 2.0  # seconds: however long someone thought or was away between two lines
_PAGE = 100  # lines read at once


@dataclass(frozen=True, slots=True)
class LineBegins:
    """A line begins; `text` is the whole of a typed one, None while tokens are to come."""

    line: Line
    text: str | None


@dataclass(frozen=True, slots=True)
class TokenSaid:
    """A token of a line.

    Attributes:
        index: from 0 within the line.
        text: what it adds; "" while a character is not complete.
        shown: whether it lies before the place where the line was cut.
        measured: whether it came just then; else its time lies evenly between others.
    """

    line: str
    index: int
    id: int
    text: str
    logprob: float | None
    shown: bool
    measured: bool = False


@dataclass(frozen=True, slots=True)
class LineEnds:
    """A line has ended, and reads as it is stored."""

    line: Line


Happening = LineBegins | TokenSaid | LineEnds
Beat = tuple[float, Happening]  # seconds since the replay began, at the original speed


def schedule(branch: Sequence[tuple[Line, Recorded]]) -> list[Beat]:
    """When each thing happens, in order, from the lines of a branch and their records."""
    beats: list[Beat] = []
    now, before = 0.0, None
    for line, record in branch:
        began = record.ended if record.began is None else record.began
        now += 0.0 if before is None else min(max(began - before, 0.0), PAUSE)
        beats.append((now, LineBegins(line, None if record.tokens else line.text)))
        beats += [(now + at, token) for at, token in _tokens(record)]
        now += _length(record)
        beats.append((now, LineEnds(line)))
        before = record.ended
    return beats


def _length(record: Recorded) -> float:
    """Seconds a take ran: what its worker measured, else what the clock said."""
    if not record.tokens or record.began is None:
        return 0.0
    return max(float(record.timings.get("total", record.ended - record.began)), 0.0)


def _times(record: Recorded) -> list[tuple[float, bool]]:
    """When each token came, in seconds since the take was asked for, and whether that is known."""
    count, length = len(record.tokens), _length(record)
    first = min(float(record.timings.get("first_token", length / max(count, 1))), length)
    begun = "first_token" in record.timings
    if known := offsets(record.pace, count):
        return [
            (min(first + at, length), measured or (begun and index == 0))
            for index, (at, measured) in enumerate(known)
        ]
    step = (length - first) / max(count - 1, 1)
    return [(min(first + index * step, length), begun and index == 0) for index in range(count)]


def _tokens(record: Recorded) -> Iterator[tuple[float, TokenSaid]]:
    count = len(record.tokens)
    decoder, at = codecs.getincrementaldecoder("utf-8")("replace"), 0
    times = _times(record)
    for index, token in enumerate(record.tokens):
        text = decoder.decode(token.piece, final=index == count - 1)
        shown = record.cut_at is None or at < record.cut_at
        at += len(text)
        yield (
            times[index][0],
            TokenSaid(record.line, index, token.id, text, token.logprob, shown, times[index][1]),
        )


class Replay:
    """A place in a schedule, to be moved forwards and back.

    Attributes:
        at: how many beats have happened.
    """

    def __init__(self, beats: Sequence[Beat]) -> None:
        """Stand before the first beat."""
        self.beats = beats
        self.at = 0
        self._times = [seconds for seconds, _ in beats]
        self._begins = [n for n, (_, each) in enumerate(beats) if isinstance(each, LineBegins)]

    @property
    def length(self) -> float:
        """Seconds that the whole takes at the original speed."""
        return self._times[-1] if self._times else 0.0

    def seek(self, seconds: float) -> int:
        """Stand where all has happened that happens until then."""
        self.at = bisect_right(self._times, seconds)
        return self.at

    def step(self, by: int, *, lines: bool = False) -> int:
        """Go on or back by beats, or until so many lines have begun more or less."""
        if not lines:
            self.at = min(max(self.at + by, 0), len(self.beats))
            return self.at
        begins = self._begins
        passed = bisect_right(begins, self.at - 1) + by
        if passed >= len(begins) + (by > 0):
            self.at = len(self.beats)
        else:
            self.at = begins[passed - 1] + 1 if passed > 0 else 0
        return self.at

    @property
    def seconds(self) -> float:
        """When the last beat that has happened did, at the original speed."""
        return self._times[self.at - 1] if self.at else 0.0

    @property
    def counts(self) -> tuple[int, int]:
        """How many lines have begun, of how many."""
        return bisect_right(self._begins, self.at - 1), len(self._begins)

    def line(self) -> tuple[Line, str] | None:
        """The line that began last, with what has been said of it; looks at nothing else."""
        begun = bisect_right(self._begins, self.at - 1)
        return self._said(self._begins[begun - 1], self.at) if begun else None

    def texts(self) -> list[tuple[Line, str]]:
        """The lines that have begun, each with what has been said of it."""
        begun = self._begins[: bisect_right(self._begins, self.at - 1)]
        return [self._said(start, end) for start, end in pairwise([*begun, self.at])]

    def _said(self, start: int, end: int) -> tuple[Line, str]:
        """A line by where it begins, as it stands before the beat `end`."""
        begins, last = self.beats[start][1], self.beats[end - 1][1]
        if isinstance(last, LineEnds):
            return last.line, last.line.text
        assert isinstance(begins, LineBegins)
        said = (each.text for _, each in self.beats[start + 1 : end]
                if isinstance(each, TokenSaid) and each.shown)  # fmt: skip
        return begins.line, (begins.text or "") + "".join(said)


async def replay(library: Library, line_id: str) -> Replay:
    """The replay of the branch down to a line, the scene left out. Raises BadInput."""
    play = (await library.line(line_id)).line.play
    path = (await library.opened(play)).path(line_id)[1:]
    if not path:
        raise BadInput(f"The line {line_id} is the scene itself; name a line below it.")
    records: list[Recorded] = []
    for start in range(0, len(path), _PAGE):
        records += await library.recorded([line.id for line in path[start : start + _PAGE]])
    return Replay(schedule(list(zip(path, records, strict=True))))
