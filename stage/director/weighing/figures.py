"""What was measured, as rows: a measure of every branch, or of every group of takes.

Numbers in words and for machines; whatever is not known is said to be unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from stage.director.opened import OpenPlay
from stage.director.weighing.worth import BITS, UNDER
from stage.measures import MEASURES
from stage.measures.average import Average
from stage.measures.measure import BOTH, SINCE, Measure, Of, Reading
from stage.measures.stops import WORDS
from stage.play.line import Cut
from stage.play.scored import How

TELLING = frozenset(
    {"nats", "bits", "first_token", "speed", "stops", "tokens", "length"}
)  # a model away
FEW = (
    "No interval is given of fewer than 100 tokens or 5 lines, shares of lines apart, "
    "nor of what is counted."
)
Readings = Mapping[tuple[str, str], tuple[Reading, ...]]  # by measure and model, "" for none


def _under(how: How, title: str, about: str) -> tuple[Measure, Measure]:
    """Per token, and per byte."""
    more = "What it said itself after that counts as stored. Unknown until all is scored."
    nats = Measure(UNDER[how], 4, title, "nats/token", "tokens", lambda branch: (),
                   f"{about} {more}", fits=BOTH)  # fmt: skip
    title = f"{title}, by length"
    return nats, replace(
        nats, id=BITS[how], version=1, title=title, unit="bits/byte", of_what="lines"
    )


_UNDERS: Mapping[How, tuple[Measure, Measure]] = {
    "own frame": _under(
        "own frame", "Under {0}, own frame",
        "After the prompt that this model would receive there itself, in its own frame.",
    ),
    "same prefix": _under(
        "same prefix", "Under {0}, same prefix",
        "After the very tokens that the line was said after, whichever model they were for.",
    ),
}  # fmt: skip
UNDERS: Mapping[How, Measure] = {how: nats for how, (nats, _) in _UNDERS.items()}
# What stands before the same under every model.
OWN = {
    "nats": UNDERS,
    "nats_by_line": UNDERS,
    "bits": {how: bits for how, (_, bits) in _UNDERS.items()},
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of every branch.

    Attributes:
        name: the play's name of the model it is under, "" for what needs none.
        cells: for each branch, or group of takes, what was found; empty where it is not known.
        condition: how a model was asked that did not say the lines; None for what is stored.
    """

    measure: Measure
    name: str
    cells: tuple[tuple[Reading, ...], ...]
    condition: How | None = None

    def changed(self, at: int) -> int | None:
        """How many lines of a branch or group were said with an earlier card of their speaker.

        They count as stored, though their model would be asked otherwise now. None: that does not
        matter, or nothing is known.
        """
        if self.condition != "own frame" or not self.cells[at]:
            return None
        return sum(each.changed for each in self.cells[at])


def figures(
    found: Sequence[Readings], models: Sequence[str], *, blind: bool = False, of: Of = "branch"
) -> list[Figure]:
    """Every measure of every branch or group, and nats per token under every model of the play.

    Args:
        found: for each branch or group what was measured of it.
        models: the play's names.
    """
    wanted: list[tuple[Measure, str, How | None]] = []
    for measure in (each for each in MEASURES if of in each.fits):
        if not (blind and measure.id in TELLING):
            wanted.append((measure, "", None))
        if not blind and measure.id in OWN:
            mine = OWN[measure.id]
            unders = {how: replace(each, of_what=measure.of_what) for how, each in mine.items()}
            wanted += [(each, name, how) for name in models for how, each in unders.items()]
    return [
        Figure(measure, name, tuple(each.get((measure.id, name), ()) for each in found), how)
        for measure, name, how in wanted
    ]


def value(number: Average, measure: Measure) -> str:
    """A number with its interval: "2.31 [2.02, 2.60]"."""
    if measure.count:
        return f"{number.value:.0f}"
    scale, sign = (100.0, " %") if measure.share else (1.0, "")
    figure = "{:.3g}" if measure.share else "{:#.3g}"  # of shares 100 %, of others 2.60
    said = f"{figure.format(number.value * scale).rstrip('.')}{sign}"
    if number.low is None or number.high is None:
        return said
    ends = (figure.format(each * scale).rstrip(".") for each in (number.low, number.high))
    return f"{said} [{', '.join(ends)}]"


def cell(figure: Figure, at: int) -> str:
    """What a measure found for one branch, in words; "unknown" where nothing is known."""
    measure, said = figure.measure, []
    for each in figure.cells[at]:
        unit = measure.of_what.removesuffix("s") if each.number.n == 1 else measure.of_what
        n = "" if measure.count else f" of {each.number.n} {unit}"
        named = WORDS[Cut(each.name)] if each.name in set(Cut) else each.name
        aged = f" ({SINCE}: {_lines(each.changed)})" if each.changed else ""
        said.append(f"{named}{': ' if named else ''}{value(each.number, measure)}{n}{aged}")
    return "; ".join(said) or "unknown"


def _lines(many: int) -> str:
    return "1 line" if many == 1 else f"{many} lines"


def heading(figure: Figure, play: OpenPlay) -> str:
    """A measure with its model and unit."""
    measure = figure.measure
    named = measure.title.format(play.title_of(figure.name))
    return f"{named}, {measure.unit}" if measure.unit else named


def told(figure: Figure, play: OpenPlay) -> dict[str, Any]:
    """What a figure is of, for machines."""
    measure = figure.measure
    return {
        "id": measure.id, "version": measure.version, "unit": measure.unit, "of": measure.of_what,
        "model": figure.name or None,
        "model_title": play.title_of(figure.name) if figure.name else None,
        "condition": figure.condition,
    }  # fmt: skip


def readings(found: Sequence[Reading]) -> list[dict[str, Any]]:
    """What a measure found, for machines; empty where it is not known."""
    return [{"name": each.name or None, **each.number.to_json()} for each in found]
