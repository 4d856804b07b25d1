"""Why lines of models ended, each reason as a share of them; and what reasons are called."""

from collections import Counter
from collections.abc import Mapping

from stage.measures.measure import BOTH, Branch, Measure, Reading, made
from stage.measures.spread import share
from stage.play.line import Cut

WORDS: Mapping[Cut, str] = {
    Cut.EOG: "the model ended its turn",
    Cut.LABEL: "another began to speak",
    Cut.NEW_NAME: "a new name began to speak",
    Cut.BLOCK_END: "the passage ended",
    Cut.STOP_STRING: "a stop text came",
    Cut.LENGTH: "length limit reached",
    Cut.CONTEXT: "context full",
    Cut.USER: "stopped by you",
    Cut.ERROR: "interrupted by an error",
}


def _of(branch: Branch) -> tuple[Reading, ...]:
    reasons = Counter(str(each.line.reason) for each in made(branch) if each.line.reason)
    n = reasons.total()
    shares = [(share(count, n), name) for name, count in reasons.most_common()]
    return tuple(Reading(number, name) for number, name in shares if number is not None)


ABOUT = "Shares of the lines that models said, with Wilson's interval."
ENTRY = Measure("stops", 1, "Stopped by", "", "lines", _of, ABOUT, share=True, fits=BOTH)
