"""How many tokens models said in a branch; counted, so there is no interval."""

from stage.measures.average import Average
from stage.measures.measure import BOTH, Branch, Measure, Reading, made, one


def _of(branch: Branch) -> tuple[Reading, ...]:
    counts = [len(each.shown()) for each in made(branch)]
    return one(Average(sum(counts), len(counts)) if counts else None)


ABOUT = "That models said; each model has tokens of its own."
ENTRY = Measure("tokens", 3, "Tokens", "", "lines", _of, ABOUT, count=True, fits=BOTH)
