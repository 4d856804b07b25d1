"""Tokens a second while a line was said: from its first token to its last one."""

from collections.abc import Mapping

from stage.measures.measure import BOTH, Branch, Measure, Reading, made, one
from stage.measures.spread import ratio


def after_first(timings: Mapping[str, float], made: int) -> tuple[float, float] | None:
    """Tokens after the first one, and their seconds; what was cut away took its time, too.

    Args:
        made: how many tokens there are, where the timings do not know.
    """
    total, first = timings.get("total"), timings.get("first_token", 0.0)
    # Those that were given from another take are among the tokens, but took no time.
    tokens = timings.get("tokens", made) - 1
    if total is None or tokens < 1 or total <= first:
        return None
    return float(tokens), float(total - first)


def _of(branch: Branch) -> tuple[Reading, ...]:
    records = (each.record for each in made(branch) if each.record is not None)
    found = (after_first(each.timings, len(each.tokens)) for each in records)
    known = [each for each in found if each is not None]
    return one(ratio([each[0] for each in known], [each[1] for each in known]))


ABOUT = "After the first token. Takes that are made together share the machine."
ENTRY = Measure("speed", 3, "Speed", "tokens/s", "lines", _of, ABOUT, fits=BOTH)
