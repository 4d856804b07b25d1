"""What given texts are worth to a model: questions put to its worker, numbers read back.

On the loop's thread, beside `model`. Natural logs; the first token of a model without BOS has
no score, and what has none counts neither in sums nor in bytes.
"""

import base64
import itertools
import math
from array import array
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from stage.engine import protocol
from stage.engine.client import Client
from stage.kit.errors import BadInput
from stage.kit.ids import new_id
from stage.play.token import Vocabulary

Form = Literal["text", "chat"]
Heard = Callable[[int, int], None]  # tokens evaluated, of how many


def unheard(done: int, total: int) -> None:
    """Let progress pass."""


@dataclass(frozen=True, slots=True)
class ScoredToken:
    """A token of a text.

    Attributes:
        start, end: its bytes in the text's UTF-8; its piece may hold more, such as a space
            that the tokenizer put before a word.
        logprob, entropy: in nats, temperature 1, whole vocabulary; None where there is no score.
        rank: 1 is the likeliest.
        top: the likeliest (id, logprob) in its place.
    """

    id: int
    piece: bytes
    start: int
    end: int
    logprob: float | None = None
    entropy: float | None = None
    rank: int | None = None
    top: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A text's tokens and what they are worth.

    Attributes:
        inside: the text begins inside its first token, which holds bytes of the context, too.
        exact: every byte of the text was found in a token; a tokenizer may rewrite text.
    """

    tokens: tuple[ScoredToken, ...]
    inside: bool
    exact: bool
    warnings: tuple[str, ...]
    repairs: tuple[str, ...]
    template_hash: str | None

    @property
    def sum(self) -> float:
        """Log-probability of everything that has a score."""
        return math.fsum(each.logprob for each in self.tokens if each.logprob is not None)

    @property
    def scored(self) -> int:
        """Tokens that have a score."""
        return sum(each.logprob is not None for each in self.tokens)

    @property
    def bytes(self) -> int:
        """Bytes of the text in tokens that have a score."""
        return sum(each.end - each.start for each in self.tokens if each.logprob is not None)

    @property
    def nats_per_token(self) -> float | None:
        """Mean surprisal; None where nothing has a score."""
        return -self.sum / self.scored if self.scored else None

    @property
    def bits_per_byte(self) -> float | None:
        """Surprisal by length, comparable between vocabularies."""
        return -self.sum / (math.log(2) * self.bytes) if self.bytes else None

    def to_json(self, vocabulary: Vocabulary) -> dict[str, Any]:
        """Write everything, tokens read by their vocabulary."""
        return {
            "tokens": [_token_to_json(each, vocabulary) for each in self.tokens],
            "sum": self.sum,
            "nats_per_token": self.nats_per_token,
            "bits_per_byte": self.bits_per_byte,
            "scored_tokens": self.scored,
            "scored_bytes": self.bytes,
            "boundary_inside_token": self.inside,
            "exact_spans": self.exact,
            "template_hash": self.template_hash,
            "warnings": list(self.warnings),
            "repairs": list(self.repairs),
        }


def _token_to_json(token: ScoredToken, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "id": token.id,
        **_text(token.piece),
        "bytes": [token.start, token.end],
        "logprob": token.logprob,
        "entropy": token.entropy,
        "rank": token.rank,
        "top": None if token.logprob is None else [
            {"id": each, **_text(bytes(vocabulary.pieces[each])), "logprob": logprob}
            for each, logprob in token.top
        ],
    }  # fmt: skip


def _text(piece: bytes) -> dict[str, str]:
    """A piece as text, and as it is where that is no whole UTF-8."""
    try:
        return {"text": piece.decode()}
    except UnicodeDecodeError:
        whole = base64.b64encode(piece).decode("ascii")
        return {"text": piece.decode("utf-8", "replace"), "b64": whole}


class Sheet:
    """The numbers of one question as they arrive."""

    def __init__(self, divided: dict[str, Any], progress: Heard) -> None:
        """Take over what the worker made of the texts, see dividing.divide."""
        self._shared: list[int] = divided["shared"]
        self._items: list[dict[str, Any]] = divided["items"]
        self._found: list[dict[int, tuple[Any, ...]]] = [{} for _ in self._items]
        self.progress = progress

    def order(self, question: str) -> protocol.Score:
        """What the worker is asked."""
        items = [{key: item[key] for key in ("tokens", "first")} for item in self._items]
        return protocol.Score(question, self._shared, items)

    def note(self, report: protocol.Scored) -> None:
        """Take in numbers. Raises BadFrame when the arrays do not fit together."""
        arrays = [
            protocol.unpack(data, kind)
            for data, kind in (
                (report.logprobs, "f"), (report.entropies, "f"), (report.ranks, "i"),
                (report.top_ids, "i"), (report.top_logprobs, "f"),
            )
        ]  # fmt: skip
        counts = [len(each) for each in arrays]
        width = counts[3] // counts[0] if counts[0] else 0
        if counts[:3] != [counts[0]] * 3 or counts[3:] != [counts[0] * width] * 2:
            raise protocol.BadFrame("arrays of different length")
        if not 0 <= report.item < len(self._found):
            raise protocol.BadFrame("numbers of an unknown text")
        self._found[report.item].update(_entries(report.at, arrays, width))

    def read(self, vocabulary: Vocabulary) -> list[Score]:
        """Put everything together. Raises BadFrame when numbers are missing."""
        return [self._score(number, vocabulary) for number in range(len(self._items))]

    def _of(self, number: int) -> dict[int, tuple[Any, ...]]:
        item, found = self._items[number], self._found[number]
        whole = len(self._shared) + len(item["tokens"])
        if found.keys() != set(range(max(item["first"], 1), whole)):
            raise protocol.BadFrame("numbers are missing")
        return found

    def _score(self, number: int, vocabulary: Vocabulary) -> Score:
        item, found = self._items[number], self._of(number)
        ids = [*self._shared, *item["tokens"]]
        first = item["first"]
        tokens = tuple(
            ScoredToken(ids[at], bytes(vocabulary.pieces[ids[at]]), start, end, *found.get(at, ()))
            for at, (start, end) in enumerate(zip(item["starts"], item["ends"], strict=True), first)
        )
        return Score(
            tokens, item["inside"], item["exact"], tuple(item["warnings"]),
            tuple(item["repairs"]), item["template_hash"],
        )  # fmt: skip


def _entries(at: int, arrays: "Sequence[array[Any]]", width: int) -> dict[int, tuple[Any, ...]]:
    logprobs, entropies, ranks, ids, values = arrays
    found: dict[int, tuple[Any, ...]] = {}
    for place, logprob in enumerate(logprobs):
        here = slice(place * width, place * width + width)
        top = tuple(zip(ids[here], values[here], strict=True))
        found[at + place] = (logprob, entropies[place], ranks[place], top)
    return found


def _undivided(tokens: Sequence[int], first: int, pieces: Sequence[bytes]) -> dict[str, Any]:
    """Tokens as they are, as an item of dividing.divide."""
    ends = list(itertools.accumulate(len(pieces[token]) for token in tokens))
    return {
        "tokens": list(tokens),
        "first": first,
        "starts": [0, *ends[:-1]] if ends else [],
        "ends": ends,
        "inside": False,
        "exact": True,
        "warnings": [],
        "repairs": [],
        "template_hash": None,
    }


class Asked(Protocol):
    """What is needed of a model."""

    vocabulary: Vocabulary

    async def ask(self, message: Any, patience: float | None = ...) -> dict[str, Any]:
        """Ask the worker and return what it replies. Raises KnownError."""

    def turn(self, doing: str) -> AbstractAsyncContextManager[Client]:
        """Hold a share of the cores."""


class Scores:
    """The questions that are open at one model."""

    def __init__(self, model: Asked) -> None:
        """Ask nothing yet."""
        self._model = model
        self._open: dict[str, Sheet] = {}

    def __bool__(self) -> bool:
        """Whether anything is being scored."""
        return bool(self._open)

    def take_in(self, report: protocol.Message) -> None:
        """Take in numbers and progress; other reports pass. Raises BadFrame."""
        if not isinstance(report, protocol.Scored | protocol.Reading):
            return
        sheet = self._open.get(report.id)
        if sheet is not None and isinstance(report, protocol.Scored):
            sheet.note(report)
        elif sheet is not None and isinstance(report, protocol.Reading):
            sheet.progress(report.done, report.total)

    async def ask(
        self, pairs: list[list[str]], form: Form, date: str, progress: Heard
    ) -> list[Score]:
        """Score each pair of context and text. Raises KnownError."""
        if not all(text for _, text in pairs):
            raise BadInput("The text is empty, so there is nothing to score; give some text.")
        if form == "chat" and not all(context.strip() for context, _ in pairs):
            raise BadInput("A model's own template needs a context: it is the user's turn.")
        if not pairs:
            return []
        divided = await self._model.ask(protocol.Divide(new_id(), pairs, form, date))
        return await self.ask_divided(divided, progress)

    async def ask_divided(self, divided: dict[str, Any], progress: Heard) -> list[Score]:
        """Score tokens that dividing.divide told apart. Raises KnownError."""
        question = new_id()
        sheet = Sheet(divided, progress)
        async with self._model.turn("scoring a text") as client:
            self._open[question] = sheet
            try:
                await self._model.ask(sheet.order(question), None)
            except BaseException:
                client.send(protocol.Stop(question, ""))
                raise
            finally:
                del self._open[question]
        return sheet.read(self._model.vocabulary)


class Scorer:
    """What a model offers to whoever wants texts scored."""

    _scores: Scores
    vocabulary: Vocabulary

    async def score(
        self, text: str, context: str = "", *, form: Form = "text", date: str = "",
        progress: Heard = unheard,
    ) -> Score:  # fmt: skip
        """Score every token of a text after its context. Raises KnownError.

        Args:
            text: what is scored; with form "chat" it is the answer.
            context: what stands before it; with form "chat" it is the user's turn.
            form: "text", or "chat" for the model's own template.
            date: YYYY-MM-DD for templates that ask for it.
            progress: gets how many tokens are evaluated, of how many.
        """
        return (await self._scores.ask([[context, text]], form, date, progress))[0]

    async def score_continuations(
        self, prefix: str, continuations: Sequence[str], *, form: Form = "text", date: str = "",
        progress: Heard = unheard,
    ) -> list[Score]:  # fmt: skip
        """Score many texts after one prefix, which is evaluated once. Otherwise like `score`."""
        pairs = [[prefix, each] for each in continuations]
        return await self._scores.ask(pairs, form, date, progress)

    async def score_tokens(
        self, prefix: Sequence[int], continuations: Sequence[Sequence[int]],
        progress: Heard = unheard,
    ) -> list[tuple[ScoredToken, ...]]:  # fmt: skip
        """Score sequences of ids after one prefix, as they are: no BOS is added.

        Their `start` and `end` count bytes from the end of the prefix. Raises KnownError.
        """
        pieces = self.vocabulary.pieces
        items = [_undivided(each, len(prefix), pieces) for each in continuations]
        divided = {"shared": list(prefix), "items": items}
        return [each.tokens for each in await self._scores.ask_divided(divided, progress)]

    async def weigh(self, prefix: Sequence[int], ways: Sequence[Sequence[int]]) -> list[float]:
        """Log-probability of each sequence of ids after one prefix. Raises KnownError."""
        if not prefix or not all(ways):
            raise BadInput("There is nothing to weigh; the prompt or a way to go on is empty.")
        found = await self.score_tokens(prefix, ways) if ways else []
        return [math.fsum(each.logprob or 0.0 for each in tokens) for tokens in found]
