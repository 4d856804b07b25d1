"""How many lines a branch has; counted, so there is no interval."""

from stage.measures.average import Average
from stage.measures.measure import Branch, Measure, Reading, one


def _of(branch: Branch) -> tuple[Reading, ...]:
    return one(Average(len(branch), len(branch)))


ENTRY = Measure("lines", 1, "Lines", "", "lines", _of, count=True)
