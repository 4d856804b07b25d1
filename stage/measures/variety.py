"""distinct-2 of several takes together: different pairs of words over all pairs (1510.03055).

It falls with the number of takes and with their length: compare as many of like length.
"""

from collections import Counter
from itertools import pairwise

from stage.measures.measure import TAKES, Branch, Measure, Reading, made
from stage.measures.spread import jackknife
from stage.measures.words import words_of


def _of(branch: Branch) -> tuple[Reading, ...]:
    takes = [[*pairwise(words_of(each.line.text))] for each in made(branch)]
    takes = [each for each in takes if each]
    if len(takes) < 2:
        return ()
    holders = Counter(pair for each in takes for pair in set(each))
    whole = sum(map(len, takes))
    without = [
        (len(holders) - sum(holders[pair] == 1 for pair in set(each))) / (whole - len(each))
        for each in takes
    ]
    return (Reading(jackknife(len(holders) / whole, without)),)


ABOUT = "Of all pairs of words in these takes. It falls with their number and length."
ENTRY = Measure(
    "variety", 1, "Distinct pairs of words", "", "lines", _of, ABOUT, share=True, fits=TAKES
)
