"""Takes by model as rows: a measure, a group, a strip of what each take has, a number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt

from stage.director.opened import OpenPlay
from stage.director.weighing.figures import Figure, figures, value
from stage.director.weighing.tallying import Group, named
from stage.measures.average import Average
from stage.measures.measure import Reading
from stage.measures.spread import share
from stage.ui import words
from stage.ui.compare.turns import Index
from stage.ui.widgets.labels import plain_tip
from stage.ui.words import tr

STRIP = Qt.ItemDataRole.UserRole + 1
FIRST = Qt.ItemDataRole.UserRole + 2  # whether a row is the first one of its measure
WHAT, WHO, PICTURE, NUMBER = range(4)


@dataclass(frozen=True, slots=True)
class Strip:
    """A measure of one group as a picture.

    Attributes:
        number: None where it is not known.
        takes: the values of single takes, where one take has any.
        high: what the right end stands for; the left one is 0. Groups share it.
    """

    number: Average | None
    takes: tuple[float, ...]
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `title` of the measure and `about` it, the group, what was found.

    Attributes:
        drawn: the samplers of its takes.
        aged: that some were said with an earlier card, "" for none.
        shown: what stands before the row: the title, or in the second row of a measure its unit.
    """

    title: str
    shown: str
    about: str
    group: str
    drawn: str
    strip: Strip
    said: str
    first: bool
    aged: str = ""


def rows(play: OpenPlay, groups: Sequence[Group]) -> list[Row]:
    """Every measure of takes, each with a row a group, on one scale where units are the same."""
    found = figures([each.readings for each in groups], list(play.scene.models), of="takes")
    highs: dict[str, float] = {}
    for figure in found:
        unit = _scale(figure)
        highs[unit] = max(highs.get(unit, 0.0), *_ends(figure, groups))
    return [row for each in found for row in _block(play, groups, each, highs[_scale(each)])]


def _scale(figure: Figure) -> str:
    """What is drawn on one scale: all that has one unit; of what has none, each by itself."""
    return figure.measure.unit or figure.measure.id


def _ends(figure: Figure, groups: Sequence[Group]) -> Iterator[float]:
    yield 1.0 if figure.measure.share else 0.0
    for at, group in enumerate(groups):
        yield from (_high(each.number) for each in figure.cells[at])
        yield from _takes(figure, group)


def _high(number: Average) -> float:
    return number.value if number.high is None else number.high


def _takes(figure: Figure, group: Group) -> Iterator[float]:
    each = group.each.get((figure.measure.id, figure.name), ())
    return (value for value in each if value is not None)


def _block(play: OpenPlay, groups: Sequence[Group], figure: Figure, high: float) -> Iterator[Row]:
    measure = figure.measure
    title = words.tr("measures", measure.title).format(play.title_of(figure.name))
    unit, about = (words.tr("measures", each) for each in (measure.unit, measure.about))
    names = dict.fromkeys(each.name for cell in figure.cells for each in cell) or {"": None}
    for name in names:
        what = f"{title}: {words.stop(name)}" if name else title
        measured = "" if figure.name else unit  # else it is that of the rows above
        whole = f"{what}, {measured}" if measured else what
        heads = [what, measured] if len(groups) > 1 else [whole]
        for at, group in enumerate(groups):
            shown = heads[at] if at < len(heads) else ""
            number = _number(figure.cells[at], name)
            strip = Strip(number, tuple(_takes(figure, group)), high)
            aged = words.aged(figure.changed(at) or 0)
            said = _said(figure, number, words.AGED if aged else "")
            yield Row(whole, shown, about, named(play, group), group.drawn(words.sampler), strip,
                      said, first=at == 0, aged=aged)  # fmt: skip


def _number(found: Sequence[Reading], name: str) -> Average | None:
    """The number of a name; of a reason that no take ended by, none of them."""
    number = next((each.number for each in found if each.name == name), None)
    return share(0, found[0].number.n) if number is None and found else number


def _said(figure: Figure, number: Average | None, mark: str) -> str:
    if number is None:
        return tr("strips", "unknown")
    of = words.count(number.n, "take")
    return tr("strips", "{0} of {1}").format(value(number, figure.measure) + mark, of)


class Strips(QAbstractTableModel):
    """The rows; `show_groups` puts others there."""

    def __init__(self, parent: Any = None) -> None:
        """Begin with none."""
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_groups(
        self, play: OpenPlay | None, groups: Sequence[Group], *, known: bool = False
    ) -> None:
        """Show what is known of groups; `known`: nothing where nothing is."""
        made = rows(play, groups) if play is not None and groups else []
        if known:
            made = [each for each in made if each.strip.number is not None]
        same = len(made) == len(self.rows)
        if not same:
            self.beginResetModel()
        self.rows = made
        if not same:
            self.endResetModel()
        elif made:
            self.dataChanged.emit(self.index(0, 0), self.index(len(made) - 1, NUMBER))

    def rowCount(self, parent: Index | None = None) -> int:
        """One for each group of each measure."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """What, whose, picture, number."""
        return 0 if parent is not None and parent.isValid() else NUMBER + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell in words, or what is painted there."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column()
        if role == STRIP:
            return row.strip
        if role == FIRST:
            return row.first
        if role == Qt.ItemDataRole.ToolTipRole:
            drawn = tr("strips", "Sampler: {0}").format(row.drawn)
            aged = f"{row.aged}\n" if row.aged else ""
            return plain_tip(f"{row.title}\n{row.group}: {row.said}\n{aged}{drawn}\n{row.about}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            aged = f", {row.aged}" if row.aged else ""
            return f"{row.title}, {row.group}: {row.said}{aged}"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {WHAT: row.shown, WHO: row.group, PICTURE: "", NUMBER: row.said}[column]
