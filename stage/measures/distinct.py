"""distinct-2: different pairs of words over all pairs (Li et al. 2016, 1510.03055).

The share of places whose pair was not said before in the branch is the same number, and has an
interval. It falls with length: compare branches of like length.
"""

from itertools import pairwise

from stage.measures.average import average
from stage.measures.measure import Branch, Measure, Reading, made, one
from stage.measures.words import words_of


def _of(branch: Branch) -> tuple[Reading, ...]:
    seen: set[tuple[str, str]] = set()
    fresh = []
    for each in made(branch):
        for pair in pairwise(words_of(each.line.text)):
            fresh.append(float(pair not in seen))
            seen.add(pair)
    return one(average(fresh))


ABOUT = "Pairs of words not said before in the branch. It falls with length."
ENTRY = Measure("distinct", 1, "Distinct pairs of words", "", "pairs", _of, ABOUT, share=True)
