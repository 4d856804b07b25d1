"""Why lines of models ended, each reason as a share of them."""

from collections import Counter

from stage.measures.measure import BOTH, Branch, Measure, Reading, made
from stage.measures.spread import share


def _of(branch: Branch) -> tuple[Reading, ...]:
    reasons = Counter(str(each.line.reason) for each in made(branch) if each.line.reason)
    n = reasons.total()
    shares = [(share(count, n), name) for name, count in reasons.most_common()]
    return tuple(Reading(number, name) for number, name in shares if number is not None)


ABOUT = "Shares of the lines that models said, with Wilson's interval."
ENTRY = Measure("stops", 1, "Stopped by", "", "lines", _of, ABOUT, share=True, fits=BOTH)
