"""Beside the map: the chosen line in words, the legend, and the whole in a corner."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from stage.measures import spread
from stage.play.spot import Spot
from stage.ui import words
from stage.ui.dress import fonts
from stage.ui.lanes.verbatim import excerpt
from stage.ui.map.canvas import Canvas
from stage.ui.map.legend import STROKES, Legend
from stage.ui.map.minimap import Minimap
from stage.ui.map.picture import Picture, chance_of
from stage.ui.widgets.buttons import Button, Link
from stage.ui.widgets.labels import MUTED, heading, label
from stage.ui.widgets.scrolled import Scrolled

ROWS = 7
WIDE = 22  # widths of the letter m
SNIPPET = 220  # characters of what is said that are shown


class Beside(QWidget):
    """The column at the right of the map.

    Attributes:
        stand: goes on from the chosen line.
        compare: compares the lines that were picked.
        back: puts them back.
    """

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        """Lay out; `refresh` fills it."""
        super().__init__(parent)
        self._canvas = canvas
        self.stand = Button(self.tr("Continue from here"), parent=self)
        self.compare = Button(self.tr("Compare"), primary=True, parent=self)
        self.back = Link(self.tr("Put back what was taken"), self)
        self.back.clicked.connect(canvas.clear_picked)
        self.hint = label(
            self.tr("Space, or Shift and a click, takes lines to compare."),
            font=fonts.interface(fonts.TINY), role=MUTED, wrap=True,
        )  # fmt: skip
        self.minimap = Minimap(canvas, self)
        self.legend = Legend(self)
        self._said = label(font=fonts.spoken(14), wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid = QGridLayout()
        self._rows = [_row(self._grid, at) for at in range(ROWS)]
        self._lay_out()
        self.compare.hide()
        self.back.hide()

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(5)
        self._grid.setHorizontalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        strokes = Legend(self)
        strokes.show_rows(STROKES)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 14, 16, 12)
        inner.setSpacing(8)
        inner.addWidget(heading(self.tr("Selected")))
        inner.addLayout(self._grid)
        for part in (self._said, self.stand, self.compare, self.hint):
            inner.addWidget(part)
        inner.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        for title, rows in ((self.tr("Width of a branch"), strokes),
                            (self.tr("Colour"), self.legend)):  # fmt: skip
            inner.addSpacing(6)
            inner.addWidget(heading(title))
            inner.addWidget(rows)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Scrolled(inner, self), 1)
        column.addWidget(self.minimap)
        self.setFixedWidth(WIDE * self.fontMetrics().horizontalAdvance("m") + 16)

    def show_line(self, snippet: str) -> None:
        """Show the chosen line; `snippet`: the beginning of what it says, "" while unknown."""
        picture = self._canvas.picture
        facts = list(_facts(picture, picture.chosen))[:ROWS] if picture.chosen > 0 else []
        if not facts:
            facts = [("", self.tr("No line is chosen."))]
        for at, (name, what) in enumerate(self._rows):
            there = at < len(facts)
            name.setText(facts[at][0] if there else "")
            what.setText(facts[at][1] if there else "")
            name.setVisible(there)
            what.setVisible(there)
        self._said.setText(excerpt(snippet, SNIPPET))
        self._said.setVisible(bool(snippet) and picture.chosen > 0)
        self.stand.setVisible(picture.chosen > 0)

    def show_colours(self) -> None:
        """Show what the colours mean now."""
        shades = self._canvas.picture.shades
        self.legend.show_rows(shades.legend(), numbers=shades.mode.of is not None)

    def show_picked(self, ids: Sequence[str]) -> None:
        """Offer to compare where two lines or more were taken."""
        count = len(ids)
        self.compare.setVisible(count > 1)
        self.hint.setVisible(count < 2)
        self.back.setVisible(count > 0)
        said = self.tr("One line taken; take another to compare.")
        usual = self.tr("Space, or Shift and a click, takes lines to compare.")
        self.hint.setText(said if count == 1 else usual)
        self.compare.set_text(self.tr("Compare {0}").format(words.count(count, "branch")))


def named(picture: Picture, at: int) -> str:
    """A line in a few words: "Iris, turn 4"."""
    spot = picture.layout.spots[at]
    if picture.layout.parent[at] < 0:
        return _say("the scene")
    who = picture.shades.speakers.get(spot.speaker or "", (0, spot.speaker or ""))[1]
    return _say("{0}, turn {1}").format(who, picture.layout.column[at])


def told(picture: Picture, at: int) -> str:
    """A line for a tooltip or a screen reader."""
    if picture.layout.parent[at] < 0:
        return named(picture, at)
    rows = [named(picture, at)]
    rows += [f"{name}: {what}" for name, what in list(_facts(picture, at))[1:]]
    return "\n".join(rows)


def _facts(picture: Picture, at: int) -> Iterator[tuple[str, str]]:
    layout, spot = picture.layout, picture.layout.spots[at]
    yield _say("Line"), named(picture, at)
    yield _say("Model"), picture.shades.model(spot)
    takes = len(layout.children(layout.parent[at]))
    if takes > 1:
        yield _say("Takes"), words.number(takes)
    count, of = layout.leaves[at], layout.leaves[0]
    found = spread.share(count, of)
    if found is not None:
        yield _say("Sampled"), _say("{0} of {1}, {2} [{3},\u00a0{4}]").format(
            words.number(count), words.number(of),
            words.percent(found.value).replace(" ", "\u00a0"),
            f"{100 * (found.low or 0.0):.1f}", f"{100 * (found.high or 1.0):.1f}",
        )  # fmt: skip
    if spot.model:
        yield _say("Model says"), _chance(spot)
    tokens = f", {words.count(spot.tokens, 'token')}" if spot.tokens else ""
    yield _say("Length"), _say("{0} characters").format(words.number(spot.length)) + tokens
    if spot.rating is not None:
        yield _say("Rating"), _say("{0} of 5").format(spot.rating)


def _chance(spot: Spot) -> str:
    chance = chance_of(spot)
    if spot.running:
        return _say("still speaking")
    return _say("unknown") if chance is None else _say("{0} a token").format(words.percent(chance))


def _row(grid: QGridLayout, at: int) -> tuple[QLabel, QLabel]:
    name = label(font=fonts.interface(fonts.SMALL), role=MUTED)
    what = label(font=fonts.interface(fonts.SMALL), wrap=True)
    grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(what, at, 1)
    return name, what


def _say(text: str) -> str:
    return QCoreApplication.translate("map", text)
