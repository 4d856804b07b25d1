"""The bin: deleted plays and branches, the way back, and the one act that asks."""

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from stage.director.librarian import Lying
from stage.director.records import PlayRow
from stage.ui.dress import theme
from stage.ui.models.lying import LyingModel
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.nothing import Either
from stage.ui.widgets.rowlist import people


class BinPage(QWidget):
    """A list over two buttons.

    Signals:
        restore: what is to be taken out.
        purge: a Lying or PlayRow that is to go for good.
        scoped: the id of a play whose bin is wanted, "" for all.
    """

    restore = Signal(object)
    purge = Signal(object)
    scoped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "page")
        self.rows = LyingModel(self)
        self.list = QListView(self)
        self.body = Either(self.list, self)
        self.scope = Choice(self.tr("Whose bin"), self)
        self.back = Button(self.tr("Restore"), primary=True, parent=self)
        self.gone = Button(self.tr("Purge"), parent=self)
        self._prepare()
        self._lay_out()
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self.scope.activated.connect(self._scoped)
        self.back.clicked.connect(self._restore)
        self.gone.clicked.connect(self._purge)
        self._chosen()

    def _prepare(self) -> None:
        self.scope.addItem(self.tr("All plays"), "")
        people(self.list, self.rows, self.tr("What lies in the bin"), "lane")

    def _lay_out(self) -> None:
        foot = QWidget(self)
        foot.setObjectName("pane")
        theme.dress(foot, "pane-top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self.gone)
        row.addStretch(1)
        row.addWidget(self.scope)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.body, 1)
        column.addWidget(foot)

    def show_lying(self, rows: list[PlayRow | Lying], play: str, title: str) -> None:
        """Show what lies in the bin; `play` and `title` are of the play on stage, "" for none."""
        chosen = self.scope.currentData()
        self.scope.clear()
        self.scope.addItem(self.tr("All plays"), "")
        if play:
            self.scope.addItem(self.tr("Only “{0}”").format(title), play)
            self.scope.setCurrentIndex(1 if chosen == play else 0)
        self.rows.put(rows)
        if rows:
            self.body.show_page()
        else:
            below = self.tr("What you delete comes here first.")
            self.body.say(self.tr("The bin is empty."), below)
        if rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.rows.index(0))
        self._chosen()

    def chosen(self) -> PlayRow | Lying | None:
        """The chosen row."""
        return self.rows.row(self.list.currentIndex().row())

    def _chosen(self, *_: QItemSelection) -> None:
        there = self.chosen()
        under = isinstance(there, Lying) and there.line.under is not None
        self.back.setEnabled(there is not None)
        self.gone.setEnabled(there is not None)
        why = self.tr("It comes back with the one above it, which is deleted, too.")
        self.back.setToolTip(why if under else "")

    def _scoped(self) -> None:
        self.scoped.emit(str(self.scope.currentData()))

    def _restore(self) -> None:
        self.restore.emit(self.chosen())

    def _purge(self) -> None:
        self.purge.emit(self.chosen())
