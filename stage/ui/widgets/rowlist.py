"""A list that is as tall as its rows, up to a limit."""

from PySide6.QtCore import QAbstractItemModel, QSize, Qt
from PySide6.QtWidgets import QListView, QSizePolicy, QStyledItemDelegate, QWidget

from stage.ui.delegates.rows import TwoRows
from stage.ui.dress import theme


class RowList(QListView):
    """Rows of one height in a side pane; takes no more room than they need."""

    def __init__(
        self, name: str, rows: QAbstractItemModel, painter: QStyledItemDelegate, parent: QWidget
    ) -> None:
        """Show the rows of a model; `name` is read aloud."""
        super().__init__(parent)
        self.setModel(rows)
        self.setItemDelegate(painter)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)
        theme.dress(self, "list")
        for changed in (rows.modelReset, rows.rowsInserted, rows.rowsRemoved, rows.layoutChanged):
            changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setMaximumHeight(max(1, self._wanted()))
        self.updateGeometry()

    def _wanted(self) -> int:
        count = self.model().rowCount()
        return self.sizeHintForRow(0) * count + 2 if count else 0

    def sizeHint(self) -> QSize:
        """As tall as all rows."""
        return QSize(200, self._wanted())

    def minimumSizeHint(self) -> QSize:
        """A few rows at least."""
        return QSize(120, min(self._wanted(), 3 * max(1, self.sizeHintForRow(0))))


def people(view: QListView, rows: QAbstractItemModel, name: str, ground: str) -> None:
    """Let a list show rows of a model with discs before them; `name` is read aloud.

    Args:
        ground: the kind of sheet it is dressed in.
    """
    view.setModel(rows)
    view.setItemDelegate(TwoRows(view, discs=True))
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setAccessibleName(name)
    view.setFrameShape(QListView.Shape.NoFrame)
    theme.dress(view, ground)
