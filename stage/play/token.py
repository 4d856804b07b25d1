"""Tokens as a model made them, and the vocabulary that reads their ids."""

from collections.abc import Sequence
from dataclasses import dataclass


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
    top: tuple[tuple[int, float], ...] = ()


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
