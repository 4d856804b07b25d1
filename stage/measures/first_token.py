"""How long a line waited for its first token, reading the prompt included."""

from stage.measures.measure import BOTH, Branch, Measure, Reading, made, one
from stage.measures.spread import mean


def _of(branch: Branch) -> tuple[Reading, ...]:
    times = [each.record.timings.get("first_token") for each in made(branch) if each.record]
    return one(mean([float(each) for each in times if each is not None]))


ABOUT = "From the order to the first token: reading the prompt is part of it."
ENTRY = Measure("first_token", 2, "First token", "s", "lines", _of, ABOUT, fits=BOTH)
