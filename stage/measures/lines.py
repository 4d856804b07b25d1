"""How many lines a branch has; counted, so there is no interval."""

from stage.measures.average import Average
from stage.measures.measure import Branch, Measure, Reading, one


def _of(branch: Branch) -> tuple[Reading, ...]:
    return one(Average(len(branch), len(branch)))


ABOUT = "Of the branch alone: what all have in common is not counted."
ENTRY = Measure("lines", 1, "Lines", "", "lines", _of, ABOUT, count=True)
