"""The takes of a run as a table: model, seed, sampler, length, nats, how it ended, first words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from stage.director.opened import OpenPlay
from stage.director.weighing.tallying import Group
from stage.play.line import Line, Status
from stage.ui import words
from stage.ui.delegates.cells import Cells
from stage.ui.dress import fonts
from stage.ui.lanes.verbatim import excerpt
from stage.ui.models.listed import Index
from stage.ui.models.tabled import Tabled
from stage.ui.runs import says
from stage.ui.widgets.ledger import ledger
from stage.ui.words import tr

WHO, SEED, SAMPLER, LENGTH, NATS, END, WORDS = range(7)
WHOLE = 2000  # characters of a take in a tooltip
Sampling = Mapping[str, Any] | None  # as stored; None: unknown
OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class TakeFacts:
    """A take in a row; what is not known is "". `drawn`: its sampler, all of it."""

    line: Line
    cells: tuple[str, ...]
    drawn: str


def facts(
    play: OpenPlay, lines: Sequence[Line], seeds: Mapping[str, int],
    samplers: Mapping[str, Sampling], groups: Sequence[Group], *, named: bool,
) -> list[TakeFacts]:  # fmt: skip
    """Takes in rows.

    Args:
        seeds, samplers: by line.
        groups: where they were measured.
        named: whether members are told, too.
    """
    nats, lengths = _each(groups, "nats_by_line"), _each(groups, "length")
    found = []
    for line in lines:
        who = f"{play.title_of(str(line.model))} {line.take}"
        label = play.scene.cast.label_of(line) if named else None
        seed, known = seeds.get(line.id), nats.get(line.id)
        running = line.status is Status.RUNNING
        long = lengths.get(line.id, line.generated if running else None)
        found.append(TakeFacts(line, (
            f"{label}, {who}" if label else who,
            "" if seed is None else str(seed),
            words.sampler(samplers.get(line.id)),
            "" if long is None else words.number(int(long)),
            "" if known is None else f"{known:.2f}",
            tr("runs", "speaking") if running else _ending(play, line),
            excerpt(line.text, says.FIRST),
        ), words.sampler_whole(samplers.get(line.id))))  # fmt: skip
    return found


def _ending(play: OpenPlay, line: Line) -> str:
    gone = line.id in play.tree and play.tree.is_gone(line.id)
    return tr("runs", "in the bin") if gone else words.ending(line)


def _each(groups: Sequence[Group], measure: str) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for group in groups:
        values = group.each.get((measure, ""), ())
        found |= {said.line.id: value for said, value in zip(group.takes, values, strict=False)}
    return found


class TakeRows(Tabled[TakeFacts]):
    """The takes of one run."""

    context, numbers = "runs", (SEED, LENGTH, NATS)
    titles = ("Model", "Seed", "Sampler", "Tokens", "Nats/token", "Ended", "First words")

    def key(self, row: TakeFacts) -> str:
        """The id of a take."""
        return row.line.id

    def cell(self, row: TakeFacts, column: int) -> str:
        """What is told of a take."""
        return row.cells[column]

    def tip(self, row: TakeFacts, column: int) -> str:
        """Over its first words the whole take, over its model and sampler how it was drawn."""
        if column in (WHO, SAMPLER):
            seed = tr("runs", "Seed {0}").format(row.cells[SEED] or tr("runs", "unknown"))
            return f"{row.cells[WHO]}\n{seed}\n{row.drawn}"
        return row.line.text[:WHOLE] if column == WORDS else row.cells[column]


class TakeTable(QTableView):
    """The takes; several may be chosen to be compared.

    Signals:
        opened: the id of a take that is wanted on stage.
    """

    opened = Signal(str)

    def __init__(self, rows: TakeRows, parent: QWidget | None = None) -> None:
        """Show the takes of a model."""
        super().__init__(parent)
        self._rows = rows
        high = QFontMetrics(fonts.figures()).height() + 10
        self.verticalHeader().setMinimumSectionSize(high)
        ledger(self, rows, Cells(self), self.tr("Takes of the run"), high)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._open)

    def chosen(self) -> list[str]:
        """The ids of the chosen takes, from above."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.rows[at].line.id for at in rows if at < len(self._rows.rows)]

    def choose(self, ids: Sequence[str]) -> None:
        """Choose takes."""
        self.clearSelection()
        model, flag = self.selectionModel(), self.selectionModel().SelectionFlag
        for at, row in enumerate(self._rows.rows):
            if row.line.id in ids:
                model.select(self._rows.index(at, 0), flag.Select | flag.Rows)

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self._rows.rows[index.row()].line.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; all else moves."""
        if event.key() in OPEN and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words get the rest; what is least wanted goes where they had too little."""
        super().resizeEvent(event)
        metrics, wide = QFontMetrics(fonts.figures()), self.viewport().width()
        letter = metrics.averageCharWidth()
        titles = QFontMetrics(fonts.heading())
        least = (16, 10, 20, 5, 6, 16)
        wanted = [
            max(letter * many + 24, titles.horizontalAdvance(tr("runs", title)) + 36)
            for many, title in zip(least, self._rows.titles, strict=False)
        ]
        wanted[SEED] = max(wanted[SEED], metrics.horizontalAdvance("0" * 10) + 36)
        for column in (END, SAMPLER, SEED, NATS):
            lacks = sum(wanted) > wide - 16 * letter
            self.setColumnHidden(column, lacks)
            wanted[column] = 0 if lacks else wanted[column]
        for column, width in enumerate(wanted):
            self.setColumnWidth(column, width)
        self.setColumnWidth(WORDS, max(0, wide - sum(wanted)))
