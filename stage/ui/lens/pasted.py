"""A text that was typed or pasted, read by one or two models in the background."""

import asyncio
import csv
import io
import json
import math
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.records import ScoredToken
from stage.director.weighing.looking import mean, part
from stage.director.weighing.pasting import Pasted, Stretch
from stage.kit import clock
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.measures.average import Average
from stage.ui import words
from stage.ui.lens.sight import Meeting, Sight, meet
from stage.ui.lens.spans import Span, spans
from stage.ui.pacing.slowly import slowly
from stage.ui.words import tr


@dataclass
class Read:
    """How far a model has read.

    Attributes:
        sight: grows while it reads.
        starts: the byte of the text at which each token begins.
        bytes: of the text that were read.
        stretches: in how many parts it was read.
        before: the fewest tokens of what stands before a part, but the first one, read with it.
    """

    sight: Sight
    starts: list[int] = field(default_factory=list)
    bytes: int = 0
    stretches: int = 0
    before: int | None = None


@dataclass(frozen=True)
class Sums:
    """What a text is worth to a model: nats in all, by token with an interval, bits by byte."""

    model: str
    nats: float
    tokens: int
    per_token: Average
    bits_per_byte: float

    def words(self) -> tuple[str, str, str, str]:
        """Tokens, nats in all, nats by token, bits by byte."""
        return (
            words.number(self.tokens),
            f"{self.nats:,.1f}",
            told(self.per_token),
            f"{self.bits_per_byte:.3f}",
        )


class Reading(QObject):
    """Lets models read one text, one after the other.

    Attributes:
        reads: by model.
        meeting: both reads brought together.
        sums: what the text is worth to each model.
        apart: how much likelier it is to the first, in nats a token; None where tokens differ.

    Signals:
        grew: more is known.
        told: how far it is, in words.
        ended: nothing more comes.
        failed: a sentence.
    """

    grew = Signal()
    told = Signal(str)
    ended = Signal()
    failed = Signal(str)

    def __init__(self, director: Director, parent: QObject | None = None) -> None:
        """Read through a director."""
        super().__init__(parent)
        self._director = director
        self._task: asyncio.Task[None] | None = None
        self.pasted = Pasted("")
        self.reads: list[Read] = []
        self.meeting: Meeting | None = None
        self.sums: list[Sums] = []
        self.apart: Average | None = None

    @property
    def running(self) -> bool:
        """Whether a model reads now."""
        return self._task is not None

    def begin(self, pasted: Pasted, models: Sequence[tuple[str, Path]]) -> None:
        """Let models, each with its title, read a text; what was read before is forgotten."""
        self.stop()
        self.pasted, self.reads, self.meeting, self.sums = pasted, [], None, []
        self.apart = None
        self._task = spawn(self._run(models), name="read a text")
        self._task.add_done_callback(self._done)

    def stop(self) -> None:
        """Read no more; what was read stays."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self, models: Sequence[tuple[str, Path]]) -> None:
        try:
            for title, file in models:
                await self._read(title, file)
        except KnownError as error:
            self.failed.emit(error.sentence)

    async def _read(self, title: str, file: Path) -> None:
        texts, pasted = self._director.scoring.texts, self.pasted
        made = await texts.known(file, pasted)
        when = tr("pasted", "now") if made is None else words.moment(made, clock.now())
        read = Read(Sight(title, tr("pasted", "scored {0}").format(when), [], [], ()))
        self.reads.append(read)

        def heard(done: int, total: int) -> None:
            said = tr("pasted", "{0} reads {1} of {2} tokens")
            self.told.emit(said.format(title, words.number(done), words.number(total)))

        self.told.emit(tr("pasted", "{0} begins to read").format(title))
        async with aclosing(texts.read(file, pasted, heard)) as stretches:
            async for stretch in stretches:
                take_in(read, stretch)
                self.grew.emit()

    def _done(self, task: asyncio.Task[None]) -> None:
        if task is self._task:
            self._task = None
            spawn(self._finish(self.reads), name="sum a text up")

    async def _finish(self, reads: list[Read]) -> None:
        """Bring together and sum up what was read, all of it or until it was stopped."""
        meeting = None
        if len(reads) == 2 and reads[1].stretches:
            one, other = (each.sight for each in reads)
            meeting = await meet(one, other)
            _ = meeting.beside
        found = [await sums(each) for each in reads]
        apart = await mean(meeting.apart) if meeting is not None else None
        if reads is self.reads:
            self.apart = apart
            self.meeting, self.sums = meeting, [each for each in found if each is not None]
            self.told.emit("")
            self.ended.emit()


def take_in(read: Read, stretch: Stretch) -> None:
    """Add what was read of a stretch."""
    sight, first = read.sight, len(read.sight.tokens)
    parts = [part(each) for each in stretch.tokens]
    raw = b"".join(parts).decode("utf-8", "replace")
    found = spans(parts, raw, None, stretch.text)
    assert isinstance(sight.tokens, list)
    assert isinstance(sight.spans, list)
    sight.tokens.extend(stretch.tokens)
    sight.spans.extend(
        Span(each.start + stretch.start, each.end + stretch.start, each.token + first,
             each.first + first)
        for each in found
    )  # fmt: skip
    sight.pieces = stretch.pieces
    for cached in ("cells", "logprobs"):
        sight.__dict__.pop(cached, None)
    read.starts.extend(read.bytes + each.start for each in stretch.tokens)
    read.bytes += len(stretch.text.encode("utf-8", "replace"))
    if read.stretches:
        read.before = min(stretch.before, read.before or stretch.before)
    read.stretches += 1


def told(found: Average) -> str:
    """A mean with its interval, where there is one."""
    interval = f" [{found.low:.2f}, {found.high:.2f}]" if found.low is not None else ""
    return f"{found.value:.2f}{interval}"


def flipped(found: Average) -> Average:
    """The same mean told the other way round."""
    low, high = found.low, found.high
    turned = (None, None) if low is None or high is None else (-high, -low)
    return replace(found, value=-found.value, low=turned[0], high=turned[1])


async def sums(read: Read) -> Sums | None:
    """What was read is worth; None where nothing has a score."""
    tokens = read.sight.tokens
    values = [-each.logprob for each in tokens if each.logprob is not None]
    count = sum(each.end - each.start for each in tokens if each.logprob is not None)
    found = await mean(values)
    if found is None or not count:
        return None
    nats = math.fsum(values)
    return Sums(read.sight.model, nats, found.n, found, nats / math.log(2) / count)


# ------------------------------------------------------------------ to take away

COLUMNS = ("model", "index", "byte_start", "byte_end", "id", "text", "logprob", "entropy", "rank")


def rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """Every token that was read, by model."""
    for read in reading.reads:
        for at, token in enumerate(read.sight.tokens):
            yield _row(read, at, token)


def _row(read: Read, at: int, token: ScoredToken) -> dict[str, Any]:
    start = read.starts[at]
    return {
        "model": read.sight.model,
        "index": at,
        "byte_start": start,
        "byte_end": start + token.end - token.start,
        "id": token.id,
        "text": token.piece.decode("utf-8", "backslashreplace"),
        "logprob": token.logprob,
        "entropy": token.entropy,
        "rank": token.rank,
    }


async def as_tsv(reading: Reading) -> str:
    """A table with a row a token, in which tabs and breaks are escaped; unknown is empty."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    await slowly(writer.writerow(_cells(row)) for row in rows(reading))
    return out.getvalue()


def _cells(row: dict[str, Any]) -> list[Any]:
    row["text"] = row["text"].encode("unicode_escape").decode("ascii")
    return ["" if row[name] is None else row[name] for name in COLUMNS]


async def as_json(reading: Reading) -> str:
    """Text, context, template, sums and tokens as one object, a token a row."""
    told = reading.pasted
    head = {
        "context": told.context,
        "text": told.text,
        "template": "own" if told.form == "chat" else "none",
        "sums": [
            {
                "model": each.model, "nats": each.nats, "tokens": each.tokens,
                "nats_per_token": each.per_token.to_json(), "bits_per_byte": each.bits_per_byte,
            }
            for each in reading.sums
        ],
        "nats_per_token_apart": reading.apart.to_json() if reading.apart is not None else None,
    }  # fmt: skip
    tokens = ",\n".join(await slowly(json.dumps(row) for row in rows(reading)))
    return json.dumps(head)[:-1] + f', "tokens": [\n{tokens}\n]}}\n'
