"""Scoring: what given tokens are worth to the model. In the worker, between steps of the loop.

One question at a time, in a context of its own, a slice of rows a step, so running takes go on
and nothing they do changes a number. What all items begin with is evaluated once; a row there
is read for every item.
"""

from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from stage.engine import protocol
from stage.engine.worker.logprobs import Measured, measure
from stage.engine.worker.radix import common
from stage.engine.worker.runner import DESK_ROWS, Desk, Row, Runner
from stage.kit.errors import BadInput, KnownError

SLICE = DESK_ROWS  # rows of logits read at once: memory stays bounded
ROOM = 1024  # cells for tails that are evaluated together, at most
KEPT = 4096  # cells of a context that is kept for the next question, at most
STATES = 7  # tails at a time where each costs a whole state
FEW = 8  # a slice of fewer rows than this computes with other rounding, so none is left over
FULL = "There is no room for the text in the model's context; use a larger context."
FAILED = (
    "llama.cpp could not compute (code {}), most likely for want of memory; close other programs "
    "or score a shorter text."
)


@dataclass(slots=True, eq=False)
class Item:
    """A sequence of tokens, scored from index `first` on."""

    number: int
    tokens: "array[int]"
    first: int

    @property
    def opening(self) -> int:
        """The first position whose row is wanted: the one before the first scored token."""
        return max(self.first, 1) - 1


@dataclass(slots=True, eq=False)
class Strand:
    """Positions `done` to `end` of one or more items, evaluated in one sequence."""

    items: list[Item]
    done: int
    end: int
    sequence: int = 0

    @property
    def opening(self) -> int:
        """The first position whose row somebody wants."""
        return min((item.opening for item in self.items), default=self.end)

    def take(self, rows: int, wanted: int) -> int:
        """How many of its positions go into a batch that has room for so many."""
        quiet = max(0, min(self.opening, self.end) - self.done)
        count = min(rows, self.end - self.done, quiet + wanted)
        left = self.end - self.done - count
        if 0 < left < FEW and count >= 2 * FEW:
            count -= FEW - left
        return count


@dataclass(slots=True, eq=False)
class Question:
    """A scoring under way: its trunk, the tails that are open, those to come."""

    id: str
    trunk: Strand
    tails: deque[Strand]
    total: int
    done: int = 0
    begun: bool = False
    open: list[Strand] = field(default_factory=list)


Part = tuple[Strand, int, int]  # positions from, to


class Decoding(Protocol):
    """The loop, as far as a scoring needs it."""

    def decode(self, desk: Desk, rows: list[Row]) -> int:
        """Decode under the heartbeat's eyes."""


class Scoring:
    """Questions in, numbers out, one slice a step."""

    def __init__(
        self,
        runner: Runner,
        loop: Decoding,
        send: Callable[[list[protocol.Message]], None],
        *,
        rows: int = SLICE,
    ) -> None:
        """Open no context before there is a question."""
        self._runner = runner
        self._loop = loop
        self._send = send
        self._rows = rows
        self._questions: deque[Question] = deque()
        self._desk: Desk | None = None
        self._cells = self._sequences = 0
        self._trunk = array("i")  # what sequence 0 holds
        self._free: list[int] = []

    @property
    def busy(self) -> bool:
        """Whether there is anything to do."""
        return bool(self._questions)

    def close(self) -> None:
        """Free the context."""
        desk, self._desk = self._desk, None
        self._cells = self._sequences = 0
        if desk is not None:
            desk.close()

    def ask(self, command: protocol.Score) -> None:
        """Accept a question, or tell what is wrong with it."""
        try:
            self._questions.append(self._read(command))
        except KnownError as error:
            kind = "bad" if isinstance(error, BadInput) else "known"
            self._send([protocol.Failed(command.id, kind, error.sentence)])
        except (LookupError, TypeError, ValueError, OverflowError):
            words = "The order of a scoring makes no sense; this is a fault of Stage, report it."
            self._send([protocol.Failed(command.id, "bug", words)])

    def stop(self, question: str) -> None:
        """Give a question up; nothing more is reported."""
        for each in [each for each in self._questions if each.id == question]:
            self._leave(each)

    def _read(self, command: protocol.Score) -> Question:
        shared = array("i", command.shared)
        items = [
            Item(number, shared + array("i", each["tokens"]), int(each["first"]))
            for number, each in enumerate(command.items)
        ]
        for item in items:
            self._check(item)
        asked = [item for item in items if len(item.tokens) > max(item.first, 1)]
        ends = [len(item.tokens) - 1 for item in asked]
        fork = min([len(shared), *ends]) if asked else 0
        tails = _strands([item for item in asked if len(item.tokens) - 1 > fork], fork)
        total = fork + sum(tail.end - fork for tail in tails)
        return Question(command.id, Strand(asked, 0, fork), deque(tails), total)

    def _check(self, item: Item) -> None:
        facts = self._runner.facts
        most = facts.positions
        if item.tokens and not 0 <= min(item.tokens) <= max(item.tokens) < facts.n_vocab:
            raise BadInput("The text holds tokens that this model does not have.")
        if len(item.tokens) > most:
            raise KnownError(
                f"Context and text have {len(item.tokens)} tokens but this model reads at most "
                f"{most}; shorten them or use a larger context."
            )

    # -------------------------------------------------------------- one step

    def step(self) -> None:
        """Do one decode of the first question."""
        question = self._questions[0]
        try:
            desk = self._begin(question) if not question.begun or not self._desk else self._desk
        except KnownError as error:
            self._fail(question, error.sentence)
            return
        parts = self._compose(desk, question)
        if parts:
            rows = [row for part in parts for row in _rows(part)]
            answer = self._loop.decode(desk, rows)
            if answer == 2 and _again(desk, parts):
                return
            if answer:
                self._fail(question, FULL if answer == 1 else FAILED.format(answer))
                return
            self._send(self._told(desk, question, parts))
            self._grow(desk, question, parts)
        if not question.open and not question.tails and question.trunk.done >= question.trunk.end:
            self._leave(question)
            self._send([protocol.Reply(question.id, {})])

    def _begin(self, question: Question) -> Desk:
        """Have a context with room for the trunk and some tails; reuse what it holds of them."""
        trunk, lengths = question.trunk, [tail.end - tail.done for tail in question.tails]
        cells = trunk.end + min(sum(lengths), max([*lengths, ROOM])) + 1
        desk = self._opened(-(-cells // 256) * 256, 1 + min(len(lengths), self._most_tails()))
        self._free = list(range(1, self._sequences))
        kept = 0
        if trunk.end:
            kept = min(common(self._trunk, trunk.items[0].tokens), trunk.opening, trunk.end - FEW)
        if kept < FEW or not desk.rewind(0, kept):
            desk.forget(0)
            kept = 0
        del self._trunk[kept:]
        trunk.done = question.done = kept
        question.begun = True
        return desk

    def _opened(self, cells: int, sequences: int) -> Desk:
        if self._desk is not None and cells <= self._cells and sequences <= self._sequences:
            return self._desk
        self.close()
        self._trunk = array("i")
        self._desk = self._runner.desk(cells, sequences)
        self._cells, self._sequences = cells, sequences
        return self._desk

    def _most_tails(self) -> int:
        return self._rows if self._runner.facts.branch_anywhere else STATES

    def _compose(self, desk: Desk, question: Question) -> list[Part]:
        trunk = question.trunk
        if trunk.done < trunk.end:
            return [(trunk, trunk.done, trunk.done + trunk.take(DESK_ROWS, self._rows))]
        parts: list[Part] = []
        rows, wanted = DESK_ROWS, self._rows
        for strand in self._strands(desk, question):
            count = strand.take(rows, wanted)
            part = (strand, strand.done, strand.done + count)
            parts.append(part)
            rows, wanted = rows - count, wanted - sum(row[3] for row in _rows(part))
            if rows <= 0 or wanted <= 0:
                break
        return parts

    def _strands(self, desk: Desk, question: Question) -> Iterator[Strand]:
        """Open tails, then as many new ones as there is room for."""
        yield from list(question.open)
        fork = question.trunk.end
        while question.tails and self._free:
            tail = question.tails[0]
            used = fork + sum(each.end - fork for each in question.open)
            if question.open and used + tail.end - fork > self._cells:
                return
            question.tails.popleft()
            tail.sequence = self._free.pop()
            if fork:
                desk.share(0, tail.sequence, fork)
            question.open.append(tail)
            yield tail

    def _told(
        self, desk: Desk, question: Question, parts: Sequence[Part]
    ) -> list[protocol.Message]:
        rows: list[int] = []
        tokens: list[int] = []
        runs: list[tuple[Item, int, int]] = []  # item, its first token here, how many
        count = 0
        for strand, start, end in parts:
            opening = max(start, min(strand.opening, end))
            for item in strand.items:
                first, last = max(opening, item.opening), min(end, len(item.tokens) - 1)
                if first >= last:
                    continue
                rows += range(count + first - opening, count + last - opening)
                tokens += item.tokens[first + 1 : last + 1]
                runs.append((item, first + 1, last - first))
            count += end - opening
        question.done += sum(end - start for _, start, end in parts)
        reports: list[protocol.Message] = [
            protocol.Reading(question.id, question.done, question.total)
        ]
        if count:
            found = measure(desk.logits(count), rows, tokens, protocol.TOP)
            reports += _reports(question.id, runs, found)
        return reports

    def _grow(self, desk: Desk, question: Question, parts: Sequence[Part]) -> None:
        for strand, start, end in parts:
            strand.done = end
            if strand is question.trunk:
                self._trunk += strand.items[0].tokens[start:end]
            elif end >= strand.end:
                question.open.remove(strand)
                self._free.append(strand.sequence)
                desk.forget(strand.sequence)

    # -------------------------------------------------------------- endings

    def _fail(self, question: Question, sentence: str) -> None:
        """Give up; nobody knows what the cells hold now."""
        self._leave(question)
        self.close()
        self._send([protocol.Failed(question.id, "known", sentence)])

    def _leave(self, question: Question) -> None:
        self._questions.remove(question)
        for tail in question.open:
            if self._desk is not None:
                self._desk.forget(tail.sequence)
        if not self._questions and self._cells > KEPT:
            self.close()


def _strands(items: Sequence[Item], fork: int) -> list[Strand]:
    """Strands from `fork` on; an item whose tokens begin another's is read off its strand.

    The last token of an item is asked for, not evaluated: so a thousand words that may follow
    one text cost no more than one.
    """
    strands: list[Strand] = []
    for item in sorted(items, key=lambda each: each.tokens[fork:-1], reverse=True):
        end = len(item.tokens) - 1
        if strands and strands[-1].items[0].tokens[fork:end] == item.tokens[fork:end]:
            strands[-1].items.append(item)
        else:
            strands.append(Strand([item], fork, end))
    return strands


def _rows(part: Part) -> list[Row]:
    strand, start, end = part
    tokens, sequence, opening = strand.items[0].tokens, strand.sequence, strand.opening
    return [(tokens[at], at, sequence, at >= opening) for at in range(start, end)]


def _again(desk: Desk, parts: Sequence[Part]) -> bool:
    """Whether a decode that somebody's stop broke off can be begun again."""
    desk.abort(False)
    return all(desk.rewind(strand.sequence, start) for strand, start, _ in parts)


def _reports(
    question: str, runs: Sequence[tuple[Item, int, int]], found: Measured
) -> Iterator[protocol.Message]:
    arrays = (found.logprobs, found.entropies, found.ranks, found.top_ids, found.top_logprobs)
    start = 0
    for item, at, count in runs:
        packed = [protocol.pack(each[start : start + count].tobytes()) for each in arrays]
        yield protocol.Scored(question, item.number, at, *packed)
        start += count
