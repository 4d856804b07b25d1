"""Tokens as a model made them, and the vocabulary that reads their ids."""

import codecs
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any


class Top(Sequence[tuple[int, float]]):
    """Alternatives of one token as the engine sends them: read as pairs only when looked at.

    Twenty objects fewer a token, and the archive takes the arrays over as they are.

    Attributes:
        ids: int32 each, little-endian, likeliest first.
        logprobs: float32 each, as many.
    """

    __slots__ = ("ids", "logprobs")

    def __init__(self, ids: bytes, logprobs: bytes) -> None:
        """Keep both arrays as they are."""
        self.ids = ids
        self.logprobs = logprobs

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, float]]) -> "Top":
        """Make the arrays of (id, logprob); at most 32 bits of each are kept."""
        given = list(pairs)
        ids, values = array("i", [id_ for id_, _ in given]), array("f", [each for _, each in given])
        return cls(ids.tobytes(), values.tobytes())

    def __len__(self) -> int:
        return len(self.ids) // 4

    def __iter__(self) -> Iterator[tuple[int, float]]:
        return iter(self._pairs())

    def __getitem__(self, at: Any) -> Any:
        return self._pairs()[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Top | tuple) and self._pairs() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._pairs())

    def __repr__(self) -> str:
        return repr(self._pairs())

    def _pairs(self) -> tuple[tuple[int, float], ...]:
        return tuple(zip(array("i", self.ids), array("f", self.logprobs), strict=True))


@dataclass(frozen=True, slots=True)
class Token:
    """One generated token.

    Attributes:
        id: its number in the model's vocabulary.
        piece: its bytes; a character may be spread over several tokens.
        logprob: natural log of its probability, temperature 1, whole vocabulary, before any
            sampler; None when unknown.
        top: the 10 likeliest (id, logprob) at this place, likeliest first.
    """

    id: int
    piece: bytes
    logprob: float | None
    top: Sequence[tuple[int, float]] = ()


def inside(tokens: Sequence[Token], cut_at: int | None) -> list[int]:
    """Which of the tokens that a model said make its line.

    Left out is what it said after the end of the line, and a token that makes no text, as one that
    ends a turn: scores of models that did not say the line know neither.

    Args:
        cut_at: code point of the text of all of them where the line ends, None for the end.
    """
    length, found = 0, []
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for at, token in enumerate(tokens):
        if cut_at is not None and length >= cut_at:
            break
        if token.piece:
            found.append(at)
        length += len(decoder.decode(token.piece))
    return found


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces of a model's vocabulary by id, stored once for all models that share it."""

    hash: str
    pieces: Sequence[bytes]

    def text(self, token: int) -> str:
        """Read a token for showing; broken UTF-8 shows as U+FFFD."""
        if not 0 <= token < len(self.pieces):
            return f"<{token}>"
        return self.pieces[token].decode("utf-8", "replace")
