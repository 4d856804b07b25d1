"""How surprising its own words were to the model that said them, per token, over several takes.

The number of `nats`; but takes of a line are independent draws, tokens of one take are not, so the
takes are resampled whole (measures.md, section 4, cluster).
"""

from stage.measures.measure import TAKES, Branch, Measure, Reading, made, one
from stage.measures.nats import own
from stage.measures.spread import ratio


def _of(branch: Branch) -> tuple[Reading, ...]:
    found = [each for each in map(own, made(branch)) if each]
    return one(ratio([sum(each) for each in found], [float(len(each)) for each in found]))


ABOUT = "To the model that said it, without temperature or sampler. Takes are resampled whole."
ENTRY = Measure("nats_by_line", 2, "Own surprise", "nats/token", "lines", _of, ABOUT, fits=TAKES)
