"""The plays of the library: a table, and what can be done with the chosen play."""

from functools import partial

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStyleOptionHeader,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from stage.director.records import PlayRow
from stage.ui import words
from stage.ui.delegates.cells import Cells, row_height
from stage.ui.dress import fonts, theme
from stage.ui.models.catalogue import BRANCHES, CHANGED, ID, LINES, MODELS, SORTED, TITLE, Catalogue
from stage.ui.widgets.buttons import Button, Link
from stage.ui.widgets.fields import Check
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, Elided
from stage.ui.widgets.ledger import ledger
from stage.ui.widgets.nothing import Either

OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ACTS = ("open", "rename", "archive", "export", "history", "discard")


class Header(QHeaderView):
    """Titles of columns; the one it is sorted by says so with an arrow of our own."""

    def __init__(self, parent: QWidget) -> None:
        """Lie along the top."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFont(fonts.heading())
        self.setSectionsClickable(True)
        self.setSortIndicatorShown(True)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, index: int) -> None:  # noqa: N802
        """Put the arrow among the words: a style sheet would hide it."""
        super().initStyleOptionForIndex(option, index)
        if self.sortIndicatorSection() == index and index in SORTED:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            option.text = f"{option.text} {'↑' if up else '↓'}"


class Table(QTableView):
    """Rows that are chosen whole; Enter opens.

    Signals:
        entered_: the play of an id is to be opened.
    """

    entered_ = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; all else moves."""
        if event.key() in OPEN and self.currentIndex().isValid():
            self.entered_.emit(str(self.currentIndex().data(ID)))
        else:
            super().keyPressEvent(event)


class CataloguePage(QWidget):
    """A table over a row of buttons.

    Signals:
        wanted: one of ACTS and the play it is wanted for.
        begin: a first play is wanted.
    """

    wanted = Signal(str, object)
    begin = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "page")
        self.rows = Catalogue(self)
        self.table = Table(self)
        self.painter = Cells(self)
        self.body = Either(self.table, self)
        self.archived = Check("", self)
        self.archived.hide()
        self.count = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self.buttons = self._buttons()
        self._known = False
        self._wide: dict[int, int] = {}
        self._prepare()
        self._lay_out()
        self._connect()
        self._chosen()

    def _buttons(self) -> dict[str, Button | Link]:
        titles = {
            "open": self.tr("Open"), "rename": self.tr("Rename"), "archive": self.tr("Archive"),
            "export": self.tr("Export"), "history": self.tr("History"),
            "discard": self.tr("Delete"),
        }  # fmt: skip
        made = {name: Button(title, parent=self) for name, title in titles.items()}
        for name, button in made.items():
            button.clicked.connect(partial(self._act, name))
        return {**made}

    def _prepare(self) -> None:
        table = self.table
        ledger(table, self.rows, self.painter, self.tr("Plays"), row_height())
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        header = Header(table)
        table.setHorizontalHeader(header)
        header.setMinimumSectionSize(48)
        for column, sample in enumerate(("", "1,000,000", "1,000,000", "stage-base, stage-chat",
                                         "23 minutes ago")):  # fmt: skip
            wide = table.fontMetrics().horizontalAdvance(f"{sample}wwwww")
            header.resizeSection(column, wide)
            if column != TITLE:
                self._wide[column] = wide
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        table.setSortingEnabled(True)
        table.sortByColumn(CHANGED, Qt.SortOrder.DescendingOrder)

    def _lay_out(self) -> None:
        foot = QWidget(self)
        foot.setObjectName("pane")
        theme.dress(foot, "pane-top")
        acts = QWidget(foot)
        flow = Flow(acts, spacing=8)
        for part in (*self.buttons.values(), self.count, self.archived):
            flow.addWidget(part)
        row = QHBoxLayout(foot)
        row.setContentsMargins(18, 8, 18, 8)
        row.addWidget(acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.body, 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.table.doubleClicked.connect(self._opened)
        self.table.entered_.connect(self._entered)
        self.archived.toggled.connect(self._archived)
        self.body.nothing.wanted.connect(self._wanted)

    def show_plays(self, rows: list[PlayRow]) -> None:
        """Show these; the chosen play stays chosen."""
        chosen = self.chosen()
        self.rows.show(rows)
        self._known = True
        if chosen is not None:
            self.choose(chosen.id)
        self._say()

    def mark(self, play: str) -> None:
        """Mark the play on stage."""
        self.painter.current = play
        self.table.viewport().update()

    def choose(self, play: str) -> None:
        """Choose a play, where it is shown."""
        at = self.rows.row_of(play)
        if at >= 0:
            self.table.setCurrentIndex(self.rows.index(at, TITLE))
        self._chosen()

    def chosen(self) -> PlayRow | None:
        """The chosen play."""
        found = self.table.selectionModel().selectedRows()
        return self.rows.row(found[0].row()) if found else None

    def _fit(self) -> None:
        """Where the title has no room, what is least wanted goes."""
        wide = dict(self._wide)
        room = self.width() - self.table.fontMetrics().averageCharWidth() * 28
        for column in (MODELS, BRANCHES, LINES):
            self.table.setColumnHidden(column, sum(wide.values()) > room)
            if self.table.isColumnHidden(column):
                del wide[column]

    def _say(self) -> None:
        put_away = self.rows.put_away()
        shown = self.rows.rowCount()
        self.count.set_text(words.count(shown, "play") if shown else "")
        self.archived.setText(self.tr("Show {0} archived").format(words.number(put_away)))
        self.archived.setVisible(put_away > 0)
        empty = self._known and not shown
        if empty and put_away:
            self.body.say(self.tr("Every play is archived."), act=self.tr("Show them"))
        elif empty:
            below = self.tr("Begin one from a scene, or drop a file of another program here.")
            said = self.tr("The library holds no play yet.")
            self.body.say(said, below, self.tr("New play"))
        else:
            self.body.show_page()
        self._chosen()

    def _archived(self, on: bool) -> None:
        self.rows.show_archived(on)
        self._say()

    def _chosen(self, *_: QItemSelection) -> None:
        row = self.chosen()
        for name, button in self.buttons.items():
            button.setEnabled(row is not None)
            button.setToolTip("" if row else self.tr("No play is chosen."))
            if name == "archive":
                put_away = row is not None and row.archived
                button.set_text(self.tr("Unpack") if put_away else self.tr("Archive"))

    def _wanted(self) -> None:
        if self.rows.put_away():
            self.archived.setChecked(True)
        else:
            self.begin.emit()

    def _opened(self, index: QModelIndex) -> None:
        self._entered(str(index.data(ID)))

    def _entered(self, play: str) -> None:
        self.wanted.emit("open", self.rows.row(self.rows.row_of(play)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns give way to the title."""
        super().resizeEvent(event)
        self._fit()

    def _act(self, name: str) -> None:
        row = self.chosen()
        if row is not None:
            self.wanted.emit(name, row)
