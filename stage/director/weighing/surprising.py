"""What a line is worth to a model, said in the place where it stands.

The one question put to any line, a person's too: how surprising was it for a model that was to
speak as that member there?
"""

import math
from dataclasses import dataclass
from typing import Any

from stage.director.weighing.looking import Look
from stage.measures.average import Average, average
from stage.measures.bits import bits_per_byte


@dataclass(frozen=True, slots=True)
class Surprisal:
    """How surprising a line was.

    Attributes:
        values: minus the log-probability of each token of its text, after the prompt of its
            speaker; the first one without what it holds of the prompt.
        bytes: of the text.
        inside: the text begins inside a token that holds some of the prompt, too.
    """

    frame: str
    values: tuple[float, ...]
    bytes: int
    inside: bool

    @property
    def nats(self) -> float:
        """Of the whole text."""
        return math.fsum(self.values)

    @property
    def tokens(self) -> int:
        """How many."""
        return len(self.values)

    @property
    def per_token(self) -> Average | None:
        """The mean with its interval."""
        return average(self.values)

    @property
    def bits_per_byte(self) -> float:
        """As a scored text is told, so that both can be set side by side."""
        found = bits_per_byte([self.nats], [self.bytes])
        return found.value if found is not None else 0.0

    def to_json(self) -> dict[str, Any]:
        """Write it for machines."""
        mean = self.per_token
        return {
            "frame": self.frame,
            "nats": self.nats,
            "nats_per_token": mean and mean.to_json(),
            "nats_per_byte": self.nats / self.bytes,
            "bits_per_byte": self.bits_per_byte,
            "tokens": self.tokens,
            "bytes": self.bytes,
            "inside_token": self.inside,
        }


def surprisal_of(seen: Look, text: str) -> Surprisal:
    """What a line of that text is worth to a model that looked at it in its own frame."""
    return Surprisal(seen.frame, seen.nats(), len(text.encode()), seen.before < 0)
