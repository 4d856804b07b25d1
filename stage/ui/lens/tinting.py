"""Colours of tokens and what is said over them, by surprise, entropy or two models' difference."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from math import exp
from typing import Any, Literal

from stage.director.records import ScoredToken
from stage.ui import words
from stage.ui.lanes.ink import Tint
from stage.ui.lanes.verbatim import printed_bytes
from stage.ui.lens.sight import Meeting, Sight
from stage.ui.lens.spans import Span
from stage.ui.pacing.slowly import slowly
from stage.ui.words import tr

By = Literal["surprise", "entropy", "difference"]
MODES: tuple[By, ...] = ("surprise", "entropy", "difference")
FULL: Mapping[str, float] = {"surprise": 6.0, "entropy": 5.0, "difference": 3.0}  # nats: strongest
LISTED = 6  # alternatives in a tip
LEAST = 0.02  # a difference of less has no tint


@dataclass(frozen=True, eq=False)
class Shade:
    """How a text is coloured.

    Attributes:
        tints: empty where nothing is known, or no token can be mapped to the text.
        tips: for each token, what is said over it.
    """

    tints: Sequence[Tint]
    tips: Sequence[str]


class Tips(Sequence[str]):
    """What is said over each token, put into words when it is asked for."""

    def __init__(self, sight: Sight, meeting: Meeting | None) -> None:
        """Tell of one sight, beside another where there is one."""
        self._sight, self._meeting = sight, meeting

    def __len__(self) -> int:
        """One for each token."""
        return len(self._sight.tokens)

    def __getitem__(self, at: Any) -> Any:
        """The words over a token."""
        return tip(self._sight, self._meeting, at)


def shade(by: By, sight: Sight, meeting: Meeting | None = None, *, turned: bool = False) -> Shade:
    """Colour a text.

    Args:
        by: what the strength stands for.
        sight: whose tokens are coloured.
        meeting: with the other model's, for the difference and the tips.
        turned: the difference is the other's less this one's.
    """
    return Shade(list(tints(by, sight, meeting, turned=turned)), Tips(sight, meeting))


async def shade_slowly(
    by: By, sight: Sight, meeting: Meeting | None = None, *, turned: bool = False
) -> Shade:
    """The same for a long text, without holding the window up."""
    return Shade(await slowly(tints(by, sight, meeting, turned=turned)), Tips(sight, meeting))


def tints(
    by: By, sight: Sight, meeting: Meeting | None, first: int = 0, *, turned: bool = False
) -> Iterator[Tint]:
    """The colours of a text from one of its spans on, in order."""
    for at in range(first, len(sight.spans)):
        span = sight.spans[at]
        value = _value(by, sight, meeting, span.token)
        if value is None:
            continue
        strength = min(1.0, abs(value) / FULL[by])
        if by != "difference":
            yield Tint(span.start, span.end, strength, span.token)
        elif abs(value) < LEAST:
            yield Tint(span.start, span.end, 0.0, span.token)
        else:
            hue = 1 if (value > 0) is not turned else -1
            yield Tint(span.start, span.end, strength, span.token, hue)


def places(sight: Sight, token: int) -> list[Tint]:
    """Where a token stands in its text: nowhere, once, or once in each of several rows."""
    first = bisect_left(sight.spans, token, key=_token)
    found = takewhile(lambda span: span.first <= token, islice(sight.spans, first, None))
    return [Tint(span.start, span.end, 0.0, span.token) for span in found]


def _token(span: Span) -> int:
    return span.token


def token_at(sight: Sight, at: int) -> int:
    """The token that makes a code point of its text, -1 for none."""
    return next((span.token for span in sight.spans if span.start <= at < span.end), -1)


def _value(by: By, sight: Sight, meeting: Meeting | None, token: int) -> float | None:
    """What a token is coloured by; of a stretch of several the sum of all."""
    if by == "entropy":
        return sight.tokens[token].entropy
    if by == "surprise":
        return sight.tokens[token].logprob
    stretch = meeting.stretch(token) if meeting is not None else None
    return meeting.difference(stretch) if meeting is not None and stretch is not None else None


def tip(sight: Sight, meeting: Meeting | None, at: int) -> str:
    """A token and its alternatives, one in a row, and the numbers of one or two models."""
    token = sight.tokens[at]
    rows = [_row(token.piece, token.logprob)]
    others = [each for each in token.top if each[0] != token.id]
    rows += [_row(bytes(sight.pieces[id_]), logprob) for id_, logprob in others[:LISTED]]
    told = [f"\u25b8 {rows[0]}", *(f"  {row}" for row in rows[1:]), "", _numbers(sight, token)]
    if meeting is not None:
        told += _beside(meeting, at)
    return "\n".join(told)


def _beside(meeting: Meeting, at: int) -> list[str]:
    facing, stretch = meeting.facing(at), meeting.stretch(at)
    if stretch is None and facing is None:
        unknown = tr("tinting", "{0}: not comparable here")
        return [unknown.format(meeting.other.model)]
    rows = []
    if facing is not None:
        rows.append(_numbers(meeting.other, meeting.other.tokens[facing]))
    value = meeting.difference(stretch) if stretch is not None else None
    if value is not None:
        rows.append(apart(value, meeting.one.model, meeting.other.model))
    return rows


def apart(value: float, one: str, other: str) -> str:
    """A difference in words: how much likelier, to whom."""
    if abs(value) < LEAST:
        return tr("tinting", "as likely to both")
    said = tr("tinting", "{0} nats likelier to {1}")
    return said.format(f"{abs(value):.2f}", one if value > 0 else other)


def _numbers(sight: Sight, token: ScoredToken) -> str:
    """One model's numbers of a token, in a row."""
    return f"{sight.model}: {numbers(token)} ({sight.source})"


def numbers(token: ScoredToken) -> str:
    """Logprob, rank and entropy in a row."""
    return tr("tinting", "logprob {0}, rank {1}, entropy {2}").format(*figures(token))


def figures(token: ScoredToken) -> tuple[str, str, str]:
    """Logprob, rank and entropy; what is unknown is said to be."""
    unknown = tr("tinting", "unknown")
    logprob = (
        unknown if token.logprob is None else f"{token.logprob + 0.0:.3f}".replace("-", "\u2212")
    )
    rank = f"{token.rank}" if token.rank is not None else beyond(token)
    entropy = unknown if token.entropy is None else f"{token.entropy:.2f} nats"
    return logprob, rank, entropy


def beyond(token: ScoredToken) -> str:
    """A rank that is only known to come after those listed."""
    after = token.logprob is not None and len(token.top) > 1
    return f">{len(token.top)}" if after else tr("tinting", "unknown")


def _row(piece: bytes, logprob: float | None) -> str:
    shown = printed_bytes(piece)[:24]
    return f"{shown:<14} {words.percent(exp(logprob)) if logprob is not None else '?':>8}"
