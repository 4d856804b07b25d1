"""How much takes have in common: the share of a take's pairs of words that another one has, too.

Mean over all ordered pairs of takes: 0, nothing in common; 1, always the same. Unlike self-BLEU
(measures.md, 2.13) it does not rise with the number of takes.
"""

import random
from itertools import pairwise

from stage.measures.measure import TAKES, Branch, Measure, Reading, made
from stage.measures.spread import jackknife
from stage.measures.words import words_of

MOST = 200  # takes that are set side by side, each with each; of more, a sample


def _of(branch: Branch) -> tuple[Reading, ...]:
    texts = sorted(each.line.text for each in made(branch))  # in whatever order they come
    takes = [set(pairwise(words_of(each))) for each in texts]
    takes = [each for each in takes if each]
    n = min(len(takes), MOST)
    if n < 2:
        return ()
    chosen = random.Random(n).sample(takes, n)
    total, of = 0.0, [0.0] * n  # `of`: all in which a take is one of the two
    for at, mine in enumerate(chosen):
        for beside in range(at):
            shared = len(mine & chosen[beside])
            both = shared / len(mine) + shared / len(chosen[beside])
            total += both
            of[at] += both
            of[beside] += both
    left = max(1, (n - 1) * (n - 2))
    value = total / (n * (n - 1))
    return (Reading(jackknife(value, [(total - each) / left for each in of])),)


ABOUT = "Pairs of words of one take that another one has, too; each take with each."
ENTRY = Measure(
    "overlap", 2, "In common between takes", "", "lines", _of, ABOUT, share=True, fits=TAKES
)
