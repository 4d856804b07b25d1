"""What the colour of a line on the map says: who spoke, which model, or a number."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from stage.play.spot import Spot, Spots
from stage.ui.dress.theme import NARRATOR
from stage.ui.words import tr

MANY = 1000  # lines looked at in one go
WEAKEST = 0.22  # how strong the smallest number is drawn


@dataclass(frozen=True)
class Mode:
    """One way to colour.

    Attributes:
        title: the word of its segment or menu row.
        unit: of the number, "" for modes without one.
        of: the number of a line, None where it has none.
    """

    id: str
    title: str
    unit: str = ""
    of: Callable[[Spot], float | None] | None = None


MODES: tuple[Mode, ...] = (
    Mode("speaker", "Speaker"),
    Mode("model", "Model"),
    Mode("surprise", "Surprise", "nats a token", lambda spot: spot.surprise),
    Mode("nats", "Nats", "nats a line", lambda spot: spot.nats),
    Mode("length", "Length", "characters", lambda spot: float(spot.length)),
    Mode("rating", "Rating", "of 5", lambda spot: spot.rating),
)
BY_ID: Mapping[str, Mode] = {each.id: each for each in MODES}


class Shade(NamedTuple):
    """The colour of a line: the index of a persona's colour and glyph, and how strong, 0 to 1."""

    colour: int
    strength: float = 1.0


class Sample(NamedTuple):
    """A row of the legend."""

    shade: Shade
    words: str


@dataclass
class Shades:
    """The colours of a play in one mode.

    Attributes:
        speakers: member id -> (index of the colour, label).
        models: titles of the scene's models by what lines say of them, in order.
        low, high: the range of the number among the lines there are.
    """

    mode: Mode = MODES[0]
    speakers: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    low: float = 0.0
    high: float = 0.0
    known: bool = False

    def measuring(self, spots: Spots) -> Generator[None, None, "Shades"]:
        """Learn the range of the number a little at a time; the generator returns the shades."""
        of, values = self.mode.of, list[float]()
        for start in range(0, len(spots) if of else 0, MANY):
            some = spots.part(start, start + MANY)
            values += [value for spot in some if of and (value := of(spot)) is not None]
            values = [min(values), max(values)] if values else []
            yield
        self.known = bool(values)
        self.low, self.high = (values[0], values[-1]) if values else (0.0, 0.0)
        return self

    def of(self, spot: Spot) -> Shade:
        """The colour of a line."""
        if self.mode.id == "model":
            return self._model(spot.model)
        colour = self.speakers.get(spot.speaker or "", (NARRATOR, ""))[0]
        if self.mode.of is None:
            return Shade(colour)
        value = self.mode.of(spot)
        return Shade(colour, 0.0 if value is None else self._strength(value))

    def label(self, spot: Spot) -> str:
        """Who spoke, or the name of the model; "" where nobody else could have."""
        if self.mode.id == "model":
            return self.model(spot)
        if len(self.speakers) == 1 and spot.speaker in self.speakers:
            return ""
        return self.speakers.get(spot.speaker or "", (0, spot.speaker or ""))[1]

    def model(self, spot: Spot) -> str:
        """The title of the model that said a line."""
        return self.models.get(spot.model or "", spot.model) or tr("map", "typed")

    def number(self, spot: Spot) -> str:
        """The number in words; "" in modes without one or where it is unknown."""
        value = self.mode.of(spot) if self.mode.of else None
        return "" if value is None else _shown(value)

    def legend(self) -> list[Sample]:
        """What the colours mean."""
        if self.mode.id == "model":
            rows = [Sample(self._model(name), title) for name, title in self.models.items()]
            return [*rows, Sample(self._model(None), tr("map", "typed"))]
        if self.mode.of is None:
            return [Sample(Shade(index), label) for index, label in self.speakers.values()]
        if not self.known:
            return [Sample(Shade(NARRATOR, 0.0), tr("map", "known of no line"))]
        steps = (0.0, 0.5, 1.0) if self.high > self.low else (1.0,)
        between = [self.low + step * (self.high - self.low) for step in steps]
        rows = [Sample(Shade(NARRATOR, self._strength(each)), _shown(each)) for each in between]
        rows[-1] = rows[-1]._replace(words=f"{rows[-1].words} {tr('map', self.mode.unit)}")
        return [*rows, Sample(Shade(NARRATOR, 0.0), tr("map", "unknown"))]

    def _strength(self, value: float) -> float:
        apart = self.high - self.low
        part = (value - self.low) / apart if apart else 1.0
        return WEAKEST + (1 - WEAKEST) * min(1.0, max(0.0, part))

    def _model(self, name: str | None) -> Shade:
        return Shade(self._order.get(name or "", NARRATOR))

    @cached_property
    def _order(self) -> Mapping[str, int]:
        """The colours of models by name; every dot of a map asks."""
        return {known: at % NARRATOR for at, known in enumerate(self.models)}


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"
