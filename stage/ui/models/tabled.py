"""What the tables of the window have in common: words under titles, numbers at the right."""

from collections.abc import Container, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from stage.ui.models.listed import Index, place
from stage.ui.widgets.labels import plain_tip
from stage.ui.words import tr

T = TypeVar("T")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Tabled(QAbstractTableModel, Generic[T]):
    """A table of rows; what their cells say is its subclass's to know.

    Attributes:
        context: that titles are translated in.
        titles: of the columns.
        numbers: the columns that hold some.
    """

    context: ClassVar[str]
    titles: ClassVar[Sequence[str]]
    numbers: ClassVar[Container[int]] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: Sequence[T] = ()

    def put(self, rows: Sequence[T]) -> None:
        """Show these; those that are there already stay, and only change their words."""
        fresh, old = [*map(self.key, rows)], [*map(self.key, self._rows)]
        place(self, old, fresh, lambda: setattr(self, "_rows", tuple(rows)))
        if fresh:
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, self._last))

    @property
    def rows(self) -> Sequence[T]:
        """All that is shown, in order."""
        return self._rows

    def row(self, at: int) -> T | None:
        """What stands in a row."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def row_of(self, id_: str) -> int:
        """The row of an id, -1 for none."""
        return next((at for at, row in enumerate(self._rows) if self.key(row) == id_), -1)

    # what a subclass knows

    def key(self, row: T) -> str:
        """The id of what stands in a row."""
        raise NotImplementedError

    def cell(self, row: T, column: int) -> str:
        """What a cell says; "" for what is unknown."""
        raise NotImplementedError

    def aloud(self, row: T, column: int) -> str:
        """A cell as a screen reader says it, without the title of its column."""
        return self.cell(row, column) or tr("tabled", "unknown")

    def tip(self, row: T, column: int) -> str:
        """What is said over a cell; "" for nothing."""
        return ""

    def beside(self, row: T, column: int, role: int) -> Any:
        """What a cell has for another role."""
        return None

    # Qt

    @property
    def _last(self) -> int:
        return len(self.titles) - 1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One row for each."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """What is told of each."""
        return 0 if parent.isValid() else len(self.titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        """The titles of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.titles):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in self.numbers else _LEFT
        return (
            tr(self.context, self.titles[section]) if role == Qt.ItemDataRole.DisplayRole else None
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's words, and what goes with them."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in self.numbers else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.aloud(row, column)}, {tr(self.context, self.titles[column])}"
        if role == Qt.ItemDataRole.ToolTipRole:
            said = self.tip(row, column)
            return plain_tip(said) if said else None
        return self.beside(row, column, role)
