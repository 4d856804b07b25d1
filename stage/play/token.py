"""Tokens as a model made them, and the vocabulary that reads their ids."""

import codecs
import math
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_HALF = 65504.0  # the largest finite half float
_MOST = 255  # alternatives of a token
BLANK = " \t\r\n"  # what does not count at the end of a line


class Top(Sequence[tuple[int, float]]):
    """Alternatives of one token as the engine sends them: read as pairs only when looked at.

    Attributes:
        ids: int32 each, little-endian, likeliest first.
        logprobs: float16 each, little-endian, as many.
    """

    __slots__ = ("ids", "logprobs")

    def __init__(self, ids: bytes, logprobs: bytes) -> None:
        """Keep both arrays as they are."""
        self.ids = ids
        self.logprobs = logprobs

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, float]]) -> "Top":
        """Make the arrays of (id, logprob); what no half float holds becomes the nearest."""
        if isinstance(pairs, Top):
            return pairs
        given = list(pairs)
        values = [_half(value) for _, value in given]
        ids = struct.pack(f"<{len(given)}i", *[id_ for id_, _ in given])
        return cls(ids, struct.pack(f"<{len(given)}e", *values))

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
        count = len(self)
        ids = struct.unpack(f"<{count}i", self.ids)
        return tuple(zip(ids, struct.unpack(f"<{count}e", self.logprobs), strict=True))


def _half(value: float) -> float:
    return value if not math.isfinite(value) else min(_HALF, max(-_HALF, value))


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


class Tokens(Sequence[Token]):
    """Tokens of a take as the engine sends them: read one by one only when looked at.

    Attributes:
        ids: int32 each, little-endian as all arrays here.
        logprobs: float32 each; NaN: unknown.
        counts: how many alternatives each has, a byte each.
        top_ids, top_logprobs: of all alternatives one after the other, see Top.
        lengths: bytes of each piece, uint16 each.
        pieces: one after the other.
    """

    __slots__ = ("counts", "ids", "lengths", "logprobs", "pieces", "top_ids", "top_logprobs")

    def __init__(
        self, ids: bytes, logprobs: bytes, counts: bytes, top_ids: bytes, top_logprobs: bytes,
        lengths: bytes, pieces: bytes,
    ) -> None:  # fmt: skip
        """Keep the arrays, which fit together, as they are."""
        self.ids = ids
        self.logprobs = logprobs
        self.counts = counts
        self.top_ids = top_ids
        self.top_logprobs = top_logprobs
        self.lengths = lengths
        self.pieces = pieces

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> "Tokens":
        """The arrays of tokens; alternatives beyond the 255 likeliest are left out."""
        if isinstance(tokens, Tokens):
            return tokens
        count = len(tokens)
        values = [math.nan if each.logprob is None else each.logprob for each in tokens]
        tops = [Top.of(each.top if len(each.top) <= _MOST else each.top[:_MOST]) for each in tokens]
        return cls(
            struct.pack(f"<{count}i", *[each.id for each in tokens]),
            struct.pack(f"<{count}f", *values),
            bytes([len(each) for each in tops]),
            b"".join([each.ids for each in tops]),
            b"".join([each.logprobs for each in tops]),
            struct.pack(f"<{count}H", *[len(each.piece) for each in tokens]),
            b"".join([each.piece for each in tokens]),
        )

    @classmethod
    def joined(cls, parts: Iterable[Sequence[Token]]) -> "Tokens":
        """Some tokens, one after the other."""
        made = [cls.of(each) for each in parts]
        if len(made) == 1:
            return made[0]
        return cls(
            b"".join([each.ids for each in made]),
            b"".join([each.logprobs for each in made]),
            b"".join([each.counts for each in made]),
            b"".join([each.top_ids for each in made]),
            b"".join([each.top_logprobs for each in made]),
            b"".join([each.lengths for each in made]),
            b"".join([each.pieces for each in made]),
        )

    def values(self) -> list[float | None]:
        """The log-probability of each, None where it is unknown."""
        found = struct.unpack(f"<{len(self)}f", self.logprobs)
        return [None if math.isnan(each) else each for each in found]

    def __len__(self) -> int:
        return len(self.counts)

    def __iter__(self) -> Iterator[Token]:
        arrays = ((self.ids, "i"), (self.logprobs, "f"), (self.lengths, "H"))
        read = [struct.unpack(f"<{len(self)}{kind}", array) for array, kind in arrays]
        at = first = 0
        for id_, logprob, length, count in zip(*read, self.counts, strict=True):
            end, last = at + length, first + count
            top = Top(self.top_ids[4 * first : 4 * last], self.top_logprobs[2 * first : 2 * last])
            known = None if math.isnan(logprob) else logprob
            yield Token(id_, self.pieces[at:end], known, top)
            at, first = end, last

    def __getitem__(self, at: Any) -> Any:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tokens | tuple) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def inside(pieces: Iterable[bytes], cut_at: int | None) -> list[int]:
    """Which of the tokens that a model said make its line: everywhere the same.

    Left out is what it said after the end of the line, blanks before that end, and a token that
    makes no text, as one that ends a turn: scores of models that did not say the line know none.

    Args:
        pieces: the bytes of all of them.
        cut_at: code point of the text of all of them where the line ends, None for the end.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    parts = [(piece, decoder.decode(piece)) for piece in pieces]
    end = len("".join(part for _, part in parts)[:cut_at].rstrip(BLANK))
    length, found = 0, []
    for at, (piece, part) in enumerate(parts):
        if length >= end:
            break
        if piece:
            found.append(at)
        length += len(part)
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
