"""What somebody gave takes, from 1 to 5; those that nobody rated are left out."""

from stage.measures.measure import TAKES, Branch, Measure, Reading, made, one
from stage.measures.spread import mean


def _of(branch: Branch) -> tuple[Reading, ...]:
    given = (each.line.rating for each in made(branch))
    return one(mean([float(each) for each in given if each is not None]))


ABOUT = "The mean of your ratings, 1 to 5, of the takes that have one."
ENTRY = Measure("rating", 1, "Your rating", "", "lines", _of, ABOUT, fits=TAKES)
