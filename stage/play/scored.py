"""What a line is worth to a model that was asked about it, as it is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from stage.play.token import Tokens

How = Literal["own frame", "same prefix"]
HOWS: tuple[How, ...] = ("own frame", "same prefix")


@dataclass(frozen=True)
class ScoreRecord:
    """One answer of a model about one line.

    Attributes:
        model: its identity, by content.
        how: after which prompt it was asked: the one it would itself receive there, or the very
            tokens that the line was said after.
        context: names all that its prompt was made of, see weighing.context; "" for the same
            prefix, which never changes.
        prompt: id of what stood before the tokens, as Library.remember_prompt gives it.
        length: tokens of that prompt.
        room: how large its context was, where something had no room in it; None: all was read.
        engine: fingerprint of back end, build and processor.
        lead: bytes of the first tokens that belong to the prompt.
        before: log-probability of what the first token holds of the prompt.
        tokens: with alternatives, without pieces: those are in the model's vocabulary.
        entropies, ranks: of each token; None where there is no score.
    """

    id: str
    play: str
    line: str
    model: str
    how: How
    context: str
    prompt: str
    length: int
    room: int | None
    engine: Mapping[str, Any]
    made: float
    lead: int
    before: float
    tokens: Tokens
    entropies: Sequence[float | None]
    ranks: Sequence[int | None]


@dataclass(frozen=True)
class Scored:
    """A score as it is found again.

    Attributes:
        vocabulary: hash of the vocabulary whose ids its tokens have.
        pieces: of that vocabulary, by id; empty where the library lacks it.
    """

    record: ScoreRecord
    vocabulary: str
    pieces: Sequence[bytes] = ()

    def piece(self, id_: int) -> bytes:
        """The bytes of a token, none where they are not known."""
        return bytes(self.pieces[id_]) if 0 <= id_ < len(self.pieces) else b""
