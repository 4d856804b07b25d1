"""All plays of the library, with a filter."""

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from stage.director.events import Changes
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui import theme
from stage.ui.delegates.rows import TwoRows
from stage.ui.desk import Desk
from stage.ui.going import open_play
from stage.ui.models.plays import ID, PlaysModel
from stage.ui.panels.panel import Panel
from stage.ui.widgets.labels import MUTED, label
from stage.ui.widgets.rowlist import RowList


class PlaysPanel(QWidget):
    """Click or press Enter to open a play."""

    def __init__(self, desk: Desk) -> None:
        """List what the director's library holds."""
        super().__init__()
        self._desk = desk
        self._known = False  # before they are, nothing is said of there being none
        self._rows = PlaysModel(self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._rows)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._filter = QLineEdit(self, placeholderText=self.tr("Filter plays"))
        self._filter.setAccessibleName(self.tr("Filter plays"))
        self._filter.setClearButtonEnabled(True)
        self._none = label(role=MUTED, wrap=True)
        self._painter = TwoRows(self)
        self._list = RowList(self.tr("Plays"), self._shown, self._painter, self)
        self._prepare()
        self._lay_out()
        self._connect()
        self.refresh()

    def _prepare(self) -> None:
        self._none.hide()
        self._none.setContentsMargins(16, 8, 16, 8)
        theme.dress(self._filter, "field")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        above = QHBoxLayout()
        above.setContentsMargins(14, 0, 14, 0)
        above.addStrut(self._filter.sizeHint().height())  # large text is not squeezed
        above.addWidget(self._filter)
        column.addLayout(above)
        column.addWidget(self._none)
        column.addWidget(self._list, 1)

    def _connect(self) -> None:
        desk = self._desk
        self._filter.textChanged.connect(self._filtered)
        self._list.clicked.connect(self._opened)
        self._list.activated.connect(self._opened)
        desk.bridge.changed.connect(self._changed)
        desk.bridge.turn_ended.connect(self.refresh)
        desk.session.opened.connect(self._mark)

    def refresh(self) -> None:
        """Ask for the plays again."""
        spawn(self._fetch(), name="list plays")

    async def _fetch(self) -> None:
        try:
            self._rows.show(await self._desk.director.plays())
            self._known = True
        except KnownError as error:
            self._desk.wishes.said.emit(error.sentence)
        self._mark()
        self._say_none()

    def _filtered(self, text: str) -> None:
        self._shown.setFilterFixedString(text)
        self._say_none()

    def _say_none(self) -> None:
        if self._rows.rowCount():
            self._none.setText(self.tr("No play has this in its title."))
        else:
            self._none.setText(self.tr("No play yet. Ctrl+N begins one."))
        self._none.setVisible(self._known and self._shown.rowCount() == 0)

    def _opened(self, index: QModelIndex) -> None:
        play = index.data(ID)
        if play:
            spawn(open_play(self._desk, str(play)), name="open play")

    def _changed(self, event: object) -> None:
        if getattr(event, "changes", Changes(0)) & (Changes.PLAYS | Changes.TREE):
            self.refresh()

    def _mark(self) -> None:
        play = self._desk.session.play
        self._painter.current = play.id if play else ""
        self._list.viewport().update()


ENTRY = Panel("plays", "Plays", "left", PlaysPanel)
