"""How much of what models say was said before in the branch: runs of four words, word for word.

The copy meter of a branch (measures.md, 2.14) without an outside source. Names and set phrases
repeat in any dialogue; what people type in the same branch is no part of it, but counts as said.
"""

from stage.measures.average import average
from stage.measures.measure import Branch, Measure, Reading, one
from stage.measures.words import words_of

RUN = 4


def _of(branch: Branch) -> tuple[Reading, ...]:
    said: set[tuple[str, ...]] = set()
    again = []
    for each in branch:
        words = words_of(each.line.text)
        for run in zip(*(words[at:] for at in range(RUN)), strict=False):
            if each.made:
                again.append(float(run in said))
            said.add(run)
    return one(average(again))


ABOUT = "Runs of four words that stood in the branch before, word for word."
ENTRY = Measure("repeats", 1, "Said before", "", "runs", _of, ABOUT, share=True)
