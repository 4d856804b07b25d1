"""How long a line of a model is, in tokens; lines are resampled."""

from stage.measures.measure import BOTH, Branch, Measure, Reading, made, one
from stage.measures.spread import mean


def _of(branch: Branch) -> tuple[Reading, ...]:
    return one(mean([float(len(each.shown())) for each in made(branch)]))


ABOUT = "Lines of models; the interval is over lines."
ENTRY = Measure("length", 4, "Tokens a line", "", "lines", _of, ABOUT, fits=BOTH)
