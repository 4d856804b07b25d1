"""A list of very many rows, one below the other: Qt lays out a list of another kind row by row."""

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from stage.ui.dress import theme


class LongList(QTableView):
    """Shows the rows of a model of one column; arrows walk, Tab leaves it."""

    def __init__(
        self, rows: QAbstractItemModel, painter: QStyledItemDelegate, name: str, parent: QWidget
    ) -> None:
        """Show rows as a delegate paints them, all as high; `name` is read aloud."""
        super().__init__(parent)
        self.setModel(rows)
        self.setItemDelegate(painter)
        self.setAccessibleName(name)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        high = painter.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        down.setMinimumSectionSize(high)
        down.setDefaultSectionSize(high)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        theme.dress(self, "list")

    def choose(self, row: int) -> None:
        """Go to a row; none for one that is not there."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), flag)
