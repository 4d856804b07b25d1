"""Runs: takes that are asked for together, as a table; beside it the chosen one; a draft above."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from stage.director.runs.asking import Asked
from stage.director.runs.log import Run
from stage.director.runs.told import Told
from stage.kit.errors import KnownError
from stage.ui import words
from stage.ui.delegates.cells import Cells, row_height
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.library.catalogue import Table
from stage.ui.pacing.building import Building
from stage.ui.runs import says
from stage.ui.runs.acts import RunActs
from stage.ui.runs.draft import Draft
from stage.ui.runs.known import Known
from stage.ui.runs.rows import MODELS, SPEED, STATE, WHAT, WHEN, RunRows
from stage.ui.runs.sheet import RunSheet
from stage.ui.views.view import View
from stage.ui.widgets.begins import Begins, in_order
from stage.ui.widgets.fields import Check
from stage.ui.widgets.labels import MUTED, Elided
from stage.ui.widgets.ledger import ledger
from stage.ui.widgets.nothing import Either
from stage.ui.widgets.split import Split
from stage.ui.widgets.titlerow import title_font, title_row

LOOKED_AT = 100  # rows by which a column is made as wide as what it says


class Runs(Begins):
    """A title row, the draft, and under it the table beside the sheet of the chosen run."""

    def __init__(self, desk: Desk, *, slowly: bool = False) -> None:
        """Show the runs of a desk's play; nothing is read before it is seen."""
        super().__init__()
        self._desk = desk
        self.building = Building(self._build(), slowly=slowly)

    def _build(self) -> Iterator[None]:
        desk = self._desk
        self.setObjectName("pane")
        theme.dress(self, "page")
        self.known = Known(desk, self)
        self.rows = RunRows(self.known)
        self.acts = RunActs(desk, self.known, self)
        yield
        self.draft = Draft(desk, self)
        yield
        self.sheet = RunSheet(self)
        yield
        self.table = Table(self)
        self.list = Either(self.table, self)
        self.beside = Either(self.sheet, self)
        self.count = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, least=0, parent=self)
        self.singles = Check(self.tr("Single takes, too"), self)
        self._chosen = ""
        self._prepare()
        self._lay_out()
        yield
        self._connect()
        self.beginning = self.table
        self._order()

    def _prepare(self) -> None:
        table = self.table
        ledger(table, self.rows, Cells(table), self.tr("Runs"), row_height())
        table.setSelectionMode(Table.SelectionMode.SingleSelection)
        across = table.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _lay_out(self) -> None:
        top = QWidget(self)
        head = title_row(top)
        head.addWidget(Elided(self.tr("Runs"), font=title_font(), parent=top))
        head.addWidget(self.count, 1)
        head.addWidget(self.singles)
        split = Split(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for at, part in enumerate((self.list, self.beside)):
            split.addWidget(part)
            split.setStretchFactor(at, 2 + at)
        split.setSizes([480, 740])
        self._page = QWidget(self)
        inner = QVBoxLayout(self._page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.draft)
        inner.addWidget(split, 1)
        self.body = Either(self._page, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.body, 1)

    def _connect(self) -> None:
        known, sheet = self.known, self.sheet
        known.changed.connect(self.refresh)
        known.measured.connect(self._show)
        known.said.connect(self._desk.wishes.said)
        self.singles.toggled.connect(known.show_singles)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.entered_.connect(partial(self.act, "open"))
        self.table.doubleClicked.connect(partial(self.act, "open"))
        self.draft.wanted.connect(self.ask)
        sheet.wanted.connect(self.act)
        sheet.opened.connect(self.acts.open)
        self.body.nothing.wanted.connect(self._desk.wishes.action)
        self.list.nothing.again.connect(known.again)

    def _order(self) -> None:
        in_order([self.singles, *self.draft.stops(), self.table, *self.sheet.stops()])

    # what can be asked for

    def chosen(self) -> Told | None:
        """The chosen run."""
        return self.rows.row(self.rows.row_of(self._chosen))

    def ask(self, line: str, asked: Asked) -> None:
        """Ask for a run; it begins at once, or waits."""
        play = self._desk.session.play
        if play is None:
            return
        try:
            run = self._desk.director.runs.ask(play, line, asked)
        except KnownError as error:
            self._desk.wishes.said.emit(error.sentence)
            return
        self._chosen = run.id
        self.draft.pin(line)
        self.known.refresh()
        if run.state == "queued":
            self._desk.wishes.said.emit(self.tr("The run waits; it begins when others have ended."))

    def act(self, name: str, *_: object) -> None:
        """Do what a button of the sheet is for with the chosen run, or draft another."""
        if name == "draft":
            self.draft_here()
            return
        run, button = self.chosen(), self.sheet.buttons[name]
        if run is None or not button.isEnabled():
            none = self.tr("No run is chosen.")
            self._desk.wishes.said.emit(none if run is None else self.sheet.why_not(name))
            return
        takes = self.sheet.table.chosen()
        if name == "open":
            self.acts.open((takes or self._takes())[0])
        elif name == "compare":
            self.acts.compare(takes if len(takes) > 1 else self._takes())
        elif name == "again":
            self.draft.again(run.line, run.asked)
            self.draft.start.setFocus(Qt.FocusReason.OtherFocusReason)
        elif name == "stop":
            queue = self._desk.director.runs
            (queue.stop if run.on else queue.put_away)(run.id)
        else:
            getattr(self.acts, name)(run.id)

    def draft_here(self) -> None:
        """Draft a run after the line on stage."""
        self.draft.on_stage()
        stops = [each for each in self.draft.stops() if each.isVisible()]
        (stops or [self.table])[0].setFocus(Qt.FocusReason.OtherFocusReason)

    # showing

    def refresh(self) -> None:
        """Show what is known now; nothing is done while nobody sees it."""
        if not self.isVisible():
            return
        many = self.rows.rowCount()
        if self.known.play is None:
            self.body.say_no_play()
            self.count.set_text("")
            return
        self.body.show_page()
        more = self.tr("{0} and more") if self.known.more else "{0}"
        self.count.set_text(more.format(words.count(many, "run")) if many else "")
        self._fit()
        if many:
            self.list.show_page()
        elif self.known.read:
            below = self.tr("Choose above who speaks, by which models and how often.")
            self.list.say(self.tr("No run yet."), below)
        elif self.known.trouble:
            self.list.say_unread(self.known.trouble)
        else:
            self.list.say_reading()
        at = self.rows.row_of(self._chosen)
        if at < 0 and many:
            at = 0
        chosen = self.table.selectionModel()
        if at >= 0 and not chosen.isRowSelected(at, self.rows.index(-1, -1)):
            self.table.setCurrentIndex(self.rows.index(at, WHAT))
        self._show()

    def _choose(self, *_: object) -> None:
        row = self.rows.row(self.table.currentIndex().row())
        if row is not None and row.id != self._chosen:
            self._chosen = row.id
            self._show()

    def _show(self) -> None:
        run, play = self.chosen(), self.known.play
        if run is None or play is None:
            self.beside.say("")
            return
        self.beside.show_page()
        self.known.look(run.id)
        made = self.known.find(run.id)
        takes = made.takes if isinstance(made, Run) else ()
        seeds = self.known.seeds(run.id)
        said = says.seeds(list(seeds.values()), run.asked.seed)
        told = "  ·  ".join([said, *says.samplers(takes, play)])
        how = self.known.samplers(run.id)
        self.sheet.show_run(play, run, self.known.lines(run.id), seeds, how, told)
        measuring = self.known.measuring
        self.sheet.show_takes(play, self.known.groups, on=run.on, measuring=measuring)

    def _takes(self) -> list[str]:
        return [each.line.id for each in self.sheet.rows.rows]

    def _fit(self) -> None:
        """What was asked for gets the rest; what is least wanted goes where it had too little."""
        wide = self.table.viewport().width()
        letter = QFontMetrics(fonts.figures()).averageCharWidth()
        states = (len(says.state(each)) for each in self.rows.rows[:LOOKED_AT])
        state = min(17, max([len(RunRows.titles[STATE]), *states])) + 2
        wanted = {STATE: state * letter + 32, MODELS: 24 * letter + 32, SPEED: 9 * letter + 32,
                  WHEN: 12 * letter + 32}  # fmt: skip
        for column in (MODELS, SPEED, WHEN):
            lacks = sum(wanted.values()) > wide - 17 * letter
            self.table.setColumnHidden(column, lacks)
            if lacks:
                del wanted[column]
        for column, width in wanted.items():
            self.table.setColumnWidth(column, width)
        self.table.setColumnWidth(WHAT, max(0, wide - sum(wanted.values())))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        self.known.wake(True)
        self.draft.refresh()
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.known.wake(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns give way to what was asked for."""
        super().resizeEvent(event)
        self._fit()


ENTRY = View("runs", Runs, frozenset(), partial(Runs, slowly=True))
