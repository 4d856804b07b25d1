"""How surprising its own words were to the model that said them, per byte of their text.

Bits per byte compare models of different vocabularies, whose tokens hold more or less text
(measures.md, section 2.4). Lines are resampled whole.
"""

import math
from collections.abc import Sequence

from stage.measures.average import Average
from stage.measures.measure import BOTH, Branch, Measure, Reading, Said, made, one
from stage.measures.nats import own
from stage.measures.spread import ratio


def bits_per_byte(nats: Sequence[float], sizes: Sequence[int]) -> Average | None:
    """The sum of nats over the bytes they are of, both one a line, in bits; None for no bytes."""
    return ratio([each / math.log(2) for each in nats], [float(each) for each in sizes])


def size(said: Said) -> int:
    """Bytes of a line's text, without those of tokens whose log-probability is not known."""
    unknown = sum(len(token.piece) for token in said.shown() if token.logprob is None)
    return max(0, len(said.line.text.encode("utf-8", "replace")) - unknown)


def _of(branch: Branch) -> tuple[Reading, ...]:
    found = [(math.fsum(nats), size(said)) for said in made(branch) if (nats := own(said))]
    return one(bits_per_byte([nats for nats, _ in found], [bytes_ for _, bytes_ in found]))


ABOUT = (
    "The same by the length of the text, so that models of different vocabularies compare. "
    "Lines are resampled whole."
)
ENTRY = Measure("bits", 1, "Own surprise by length", "bits/byte", "lines", _of, ABOUT, fits=BOTH)
