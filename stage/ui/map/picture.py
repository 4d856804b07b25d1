"""All that a frame of the map is painted from, and the colours it is painted in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import exp

from PySide6.QtGui import QColor, QFont, QFontMetricsF

from stage.play.spot import Spot
from stage.ui import words
from stage.ui.dress import theme
from stage.ui.dress.tokens import Tokens
from stage.ui.map.cells import Cells
from stage.ui.map.layout import Layout
from stage.ui.map.scope import Scope
from stage.ui.map.shades import Shade, Shades

BAND = 0.55  # how strong the colour of a branch is beside that of its line
PATH_BAND = 0.95
LEAST = 0.5
FAINT = 0.3
THIN, THICK = 1.3, 16.0  # pixels of the narrowest and of the widest branch at natural size
CURVE = 0.7  # small shares are drawn a little wider than they are, else all of them look alike


def _untold(line: str) -> str:
    return ""


@dataclass
class Picture:
    """A layout as it is seen now.

    Attributes:
        path: the lines of the path shown on Stage, from the first one.
        canonical: the lines of the path that counts.
        chosen: the chosen line, -1 for none.
        picked: lines that are to be compared, in order.
        cells: what is painted from far off, None while it is not worked out.
        told: gives the first words of a line by its id, "" while they are not known.
    """

    layout: Layout
    scope: Scope
    scheme: Tokens
    shades: Shades
    font: QFont
    path: Sequence[int] = ()
    canonical: Sequence[int] = ()
    chosen: int = -1
    picked: Sequence[int] = ()
    cells: Cells | None = None
    told: Callable[[str], str] = _untold
    _path: set[int] = field(default_factory=set)
    _shades: dict[int, Shade] = field(default_factory=dict)
    _colours: dict[tuple[Shade, float], QColor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Measure the font once."""
        self.metrics = QFontMetricsF(self.font)
        self.follow(self.path, self.canonical)

    def follow(self, path: Sequence[int], canonical: Sequence[int]) -> None:
        """Show other paths."""
        self.path, self.canonical, self._path = path, canonical, set(path)

    def on_path(self, at: int) -> bool:
        """Whether a line is on the path shown on Stage."""
        return at in self._path

    def shade(self, at: int) -> Shade:
        """The colour of a line by the mode."""
        found = self._shades.get(at)
        if found is None:
            found = self._shades[at] = self.shades.of(self.layout.spots[at])
        return found

    def ink(self, shade: Shade, share: float) -> QColor:
        """A shade, so strong on the ground of the map."""
        key = (shade, share)
        found = self._colours.get(key)
        if found is None:
            ground = QColor(self.scheme.surface)
            over = theme.persona_colour(shade.colour)
            if not shade.strength:
                over = QColor(self.scheme.faint)
            strength = share * (shade.strength or 0.5)
            found = self._colours[key] = theme.blend(over, ground, strength)
        return found

    def band(self, at: int) -> QColor:
        """The colour of the branch that leads to a line."""
        share = PATH_BAND if self.on_path(at) else BAND
        shade = self.shade(at)
        if shade.strength:  # a small number shows in the dot; its branch can be seen all the same
            shade = Shade(shade.colour, max(LEAST, shade.strength))
        return self.ink(shade, share * (FAINT if at in self.layout.faint else 1.0))

    def dot(self, at: int) -> QColor:
        """The colour of the dot of a line."""
        return self.ink(self.shade(at), FAINT if at in self.layout.faint else 1.0)

    @property
    def radius(self) -> float:
        """Of a dot, in pixels."""
        scope = self.scope
        return max(1.4, min(scope.down * 0.32, scope.across * 0.16, self.metrics.height() * 0.75))

    def size(self, at: int) -> float:
        """The radius of the dot of one line: more branches, or a larger number, a larger dot."""
        weight = self.shade(at).strength if self.shades.mode.of else 2.5 * self.layout.share(at)
        return self.radius * (0.62 + 0.38 * min(1.0, weight))

    def width(self, at: int) -> float:
        """How wide a branch is: by the share of samples under it."""
        return self._wide(self.layout.share(at))

    def chance(self, at: int) -> float | None:
        """How wide the model thinks it should be; None where nothing is known."""
        surprise = self.layout.spots[at].surprise
        return None if surprise is None else self._wide(exp(-max(0.0, surprise)))

    def _wide(self, share: float) -> float:
        most = min(THICK, self.scope.down * 0.62)
        return float(max(THIN, most * share**CURVE))

    def label(self, at: int) -> str:
        """What is written beside a line."""
        spot = self.layout.spots[at]
        number = self.shades.number(spot)
        said = number or words.percent(self.layout.share(at))
        who = self.shades.label(spot)
        star = "★ " if spot.bookmarked else ""
        return star + (f"{who} · {said}" if who else said)


def chance_of(spot: Spot) -> float | None:
    """The model's mean probability of a token of a line: exp of the mean log-probability."""
    return None if spot.surprise is None else exp(-max(0.0, spot.surprise))
