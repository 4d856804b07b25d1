"""Branches made by hand."""

from __future__ import annotations

from stage.measures.measure import Said
from stage.play.line import Cut, Kind, Line
from stage.play.provenance import Recorded
from stage.play.token import Token


def line(id_: str, speaker: str = "ada", text: str = "", model: str | None = "base") -> Line:
    reason = Cut.EOG if model else None
    return Line(id_, "r", "p", Kind.SPEECH, speaker, text, model=model, reason=reason)


def said(
    text: str,
    logprobs: list[float | None] | None = None,
    *,
    id_: str = "a",
    model: str | None = "base",
    cut_at: int | None = None,
    **timings: float,
) -> Said:
    """A line of a model, a token a word."""
    words = text.replace(" ", "\0 ").split("\0")
    known = logprobs or [-1.0] * len(words)
    tokens = tuple(
        Token(at, word.encode(), known[at]) for at, word in enumerate(words) if at < len(known)
    )
    shown = text if cut_at is None else text[:cut_at]
    made = tokens if model else ()
    record = Recorded(id_, 2.0, 1.0, made, cut_at, timings)
    return Said(line(id_, text=shown, model=model), record)
