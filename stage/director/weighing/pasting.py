"""Any text, typed or pasted, scored by one model a stretch at a time, however long it is."""

import itertools
import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stage.engine.model import Model
from stage.engine.pool import Pool
from stage.engine.scores import Form, Heard, ScoredToken, unheard
from stage.engine.worker.aside import aside
from stage.kit import clock
from stage.kit.errors import BadInput

BLOCK = 200  # characters whose tokens are counted in one
MARGIN = 32  # tokens kept free, for what a template puts around the text
LONGEST = 2048  # tokens scored in one stretch, so that the first ones are soon seen
_WORD = re.compile(r"\s*\S{1,200}|\s+")


@dataclass(frozen=True)
class Pasted:
    """What is to be scored.

    Attributes:
        text: every token of it.
        context: what stands above it; with form "chat" the user's turn.
        form: "text", or "chat" for the model's own template, in which the text is the answer.
    """

    text: str
    context: str = ""
    form: Form = "text"


@dataclass(frozen=True)
class Stretch:
    """A part of a text, scored.

    Attributes:
        start: its first code point in the text.
        tokens: `start` and `end` count bytes of this part.
        pieces: of the model's vocabulary, by id.
        done, total: tokens of the whole text scored by now, and about how many there are.
        before: tokens of what stands before this part that were read with it.
    """

    start: int
    text: str
    tokens: tuple[ScoredToken, ...]
    pieces: Sequence[bytes]
    done: int
    total: int
    before: int


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    text: str
    tokens: int


async def scored(
    pool: Pool, file: Path, pasted: Pasted, progress: Heard = unheard
) -> AsyncGenerator[Stretch, None]:
    """Score a text by a model file; the stretches in order. Closing the iterator stops.

    A text longer than the model's context is read with as much of what stands before each
    stretch as there is room for, half the context at least.

    Args:
        progress: gets about how many tokens of the text are scored, of how many.

    Raises:
        BadInput: there is nothing to score, or the own template lacks a turn of the user.
        KnownError: no model, no template or no room, in words.
    """
    if not pasted.text.strip():
        raise BadInput("There is no text to score; type or paste some.")
    if pasted.form == "chat" and not pasted.context.strip():
        raise BadInput("A model's own template needs a context: it is the user's turn.")
    model = await pool.load(file)
    above, left = await _blocks(model, pasted.context), await _blocks(model, pasted.text)
    room = model.capabilities.n_ctx - MARGIN
    if pasted.form == "chat":
        room, above = room - _count(above), []
    most = max(1, min(LONGEST, room // 2))
    done = 0
    while left:
        part = _first(left, most)
        left = left[len(part) :]
        before = _first(above[::-1], room - _count(part), least=0)[::-1]
        heard = _Heard(progress, done, _count(part), done + _count(part) + _count(left))
        tokens = await _score(model, pasted, before, part, heard)
        done += len(tokens)
        yield Stretch(
            part[0].start, _text(part), tokens, model.vocabulary.pieces, done,
            done + _count(left), _count(before),
        )  # fmt: skip
        above += part


async def _score(
    model: Model, pasted: Pasted, before: Sequence[_Block], part: Sequence[_Block], heard: Heard
) -> tuple[ScoredToken, ...]:
    """The tokens of a stretch, read behind what stands before it."""
    text, date = _text(part), clock.today()
    if pasted.form == "text":
        return (await model.score(text, _text(before), date=date, progress=heard)).tokens
    lead = _text(before)
    found = await model.score(lead + text, pasted.context, form="chat", date=date, progress=heard)
    skip = len(lead.encode("utf-8", "replace"))
    return tuple(
        replace(each, start=max(each.start - skip, 0), end=each.end - skip)
        for each in found.tokens
        if each.end > skip
    )


@dataclass(frozen=True, slots=True)
class _Heard:
    """Progress of a stretch, as that of the whole."""

    tell: Heard
    done: int
    here: int
    total: int

    def __call__(self, done: int, total: int) -> None:
        self.tell(self.done + self.here * done // max(total, 1), self.total)


def _count(blocks: Sequence[_Block]) -> int:
    return sum(each.tokens for each in blocks)


def _text(blocks: Sequence[_Block]) -> str:
    return "".join(each.text for each in blocks)


def _first(blocks: Sequence[_Block], most: int, least: int = 1) -> list[_Block]:
    """The first blocks, of `most` tokens together, but `least` of them."""
    sums = itertools.accumulate(each.tokens for each in blocks)
    fitting = sum(1 for _ in itertools.takewhile(lambda count: count <= most, sums))
    return list(blocks[: max(fitting, least)])


async def _blocks(model: Model, text: str) -> list[_Block]:
    """A text in blocks that end where words do, with the number of their tokens."""
    parts = await aside(lambda: list(_cut(text)))
    counts = await model.count(parts) if parts else []
    found, at = [], 0
    for part, count in zip(parts, counts, strict=True):
        found.append(_Block(at, part, count))
        at += len(part)
    return found


def _cut(text: str) -> Iterator[str]:
    block = ""
    for match in _WORD.finditer(text):
        if block and len(block) + len(match[0]) > BLOCK:
            yield block
            block = ""
        block += match[0]
    if block:
        yield block
