"""Tokens a second while a line was said: from its first token to its last one."""

from stage.measures.measure import BOTH, Branch, Measure, Reading, Said, made, one
from stage.measures.spread import ratio


def _after_first(said: Said) -> tuple[float, float] | None:
    """Tokens after the first one, and their seconds; what was cut away took its time, too."""
    record = said.record
    if record is None:
        return None
    total, first = record.timings.get("total"), record.timings.get("first_token", 0.0)
    # Those that were given from another take are among the tokens, but took no time.
    tokens = record.timings.get("tokens", len(record.tokens)) - 1
    if total is None or tokens < 1 or total <= first:
        return None
    return float(tokens), float(total - first)


def _of(branch: Branch) -> tuple[Reading, ...]:
    known = [each for each in map(_after_first, made(branch)) if each is not None]
    return one(ratio([each[0] for each in known], [each[1] for each in known]))


ABOUT = "After the first token. Takes that are made together share the machine."
ENTRY = Measure("speed", 2, "Speed", "tokens/s", "lines", _of, ABOUT, fits=BOTH)
