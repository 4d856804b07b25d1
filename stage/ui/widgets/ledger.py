"""A table that is read: whole rows, thin lines between them, no frame, no numbers at the side."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QTableView

from stage.ui.dress import fonts, theme


def ledger(
    table: QTableView, rows: QAbstractItemModel, painter: QStyledItemDelegate, name: str, high: int
) -> None:
    """Let a table show the rows of a model.

    Args:
        name: is read aloud.
        high: pixels of a row.
    """
    table.setModel(rows)
    table.setItemDelegate(painter)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setAccessibleName(name)
    table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setFrameShape(QTableView.Shape.NoFrame)
    theme.dress(table, "table")
    across = table.horizontalHeader()
    across.setFont(fonts.heading())
    across.setHighlightSections(False)
    down = table.verticalHeader()
    down.hide()
    down.setDefaultSectionSize(high)
    down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
