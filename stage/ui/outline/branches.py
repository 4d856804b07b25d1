"""The list of the outline: rows of one height, folded and moved through by key and by hand."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip, QWidget

from stage.ui.delegates.outline import OutlineRow, chevron, row_height
from stage.ui.dress import theme
from stage.ui.models.outline import FACE, LINE, Face, OutlineModel, told
from stage.ui.pacing.soon import Soon
from stage.ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
WALKS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Right,
)  # fmt: skip
LEAST = 6  # rows that are seen however little room there is


class Branches(QTableView):
    """One column of rows.

    Signals:
        gone_to: the line of a row was clicked, or walked to by keys.
        stood_on: Enter was pressed, or a row clicked twice.
        folded: a line and whether it is to be folded.
        moved: a line, and the row's line it was dropped on.
        placed: a line, and the row's line it was dropped before.
        asked: what can be done with the line of a row is to be shown, at a place of the screen.
    """

    gone_to = Signal(str)
    stood_on = Signal(str)
    folded = Signal(str, bool)
    moved = Signal(str, str)
    placed = Signal(str, str)
    asked = Signal(QPoint)

    def __init__(self, rows: OutlineModel, parent: QWidget | None = None) -> None:
        """Show the rows of a model."""
        super().__init__(parent)
        self._rows = rows
        self.setModel(rows)
        self._drawer = OutlineRow(self)
        self.setItemDelegate(self._drawer)
        self._rest = Soon(self._paint_owed, self, 0)
        self._gone = ""
        self._prepare()
        self.setProperty("reading", "beside")
        theme.dress(self, "list")
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._twice)
        rows.modelReset.connect(self._cleared)

    def _prepare(self) -> None:
        self.setAccessibleName(self.tr("Outline; Enter stands on a line"))
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(row_height())
        self.verticalHeader().setDefaultSectionSize(row_height())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)

    def line(self) -> str:
        """The line of the row with the keyboard, "" for none."""
        return str(self.currentIndex().data(LINE) or "")

    def mark(self, row: int) -> None:
        """Select a row, and bring it into sight; -1: none."""
        if row < 0:
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()
            return
        index = self.model().index(row, 0)
        self._gone = str(index.data(LINE) or "")
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)

    # inside

    def _cleared(self) -> None:
        if not self.model().rowCount():
            self._drawer.forget()

    def _face(self, index: QModelIndex) -> Face | None:
        found = index.data(FACE) if index.isValid() else None
        return found if isinstance(found, Face) else None

    def _clicked(self, index: QModelIndex) -> None:
        self.gone_to.emit(str(index.data(LINE)))

    def _twice(self, index: QModelIndex) -> None:
        self.stood_on.emit(str(index.data(LINE)))

    def _fold(self, face: Face, *, shut: bool) -> None:
        if face.fold and (face.fold == "shut") != shut:
            self.folded.emit(face.line, shut)
        elif shut:
            self._up()
        elif face.fold:
            self.mark(self.currentIndex().row() + 1)

    def _up(self) -> None:
        """Go to the row that this one branches from."""
        above = self._rows.above(self.currentIndex().row())
        if above >= 0:
            self.mark(above)

    def _on_chevron(self, event: QMouseEvent) -> Face | None:
        index = self.indexAt(event.position().toPoint())
        face = self._face(index)
        if face is None or not face.fold:
            return None
        where = chevron(face, self.visualRect(index))
        return face if where.contains(event.position().toPoint()) else None

    def dataChanged(  # noqa: N802 - Qt's name
        self, first: Index, last: Index, roles: Sequence[int] = ()
    ) -> None:
        """Of the rows that are seen, paint those that look different."""
        height = self.viewport().height()
        low, rows = self.rowAt(height - 1), range(first.row(), last.row() + 1)
        for row in rows[max(0, self.rowAt(0) - rows.start) :]:
            if 0 <= low < row:
                return
            index = self.model().index(row, 0)
            if self._drawer.shown.get(row) != index.data(FACE):
                super().dataChanged(index, index, roles)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A row that is walked to is gone to: what keys do next is done to the line one sees."""
        before = self.line()
        self._pressed(event)
        if self.line() != before and not event.isAutoRepeat():
            self._go()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key that was held goes where it led to."""
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat() and event.key() in WALKS and self.line() != self._gone:
            self._go()

    def _go(self) -> None:
        self._gone = self.line()
        self.gone_to.emit(self._gone)

    def _pressed(self, event: QKeyEvent) -> None:
        """Enter stands, left and right fold and unfold; letters are not searched for."""
        face, key = self._face(self.currentIndex()), event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if face is not None and plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stood_on.emit(face.line)
        elif face is not None and plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(face, shut=key == Qt.Key.Key_Left)
        elif plain and key == Qt.Key.Key_Space and face is not None:
            self._go()
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.model().rowCount():
            self.mark(0 if key == Qt.Key.Key_Home else self.model().rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Nothing: it would ask every row for its words. The field above filters."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the triangle folds and does nothing else."""
        face = self._on_chevron(event)
        if face is not None and event.button() == Qt.MouseButton.LeftButton:
            self.folded.emit(face.line, face.fold == "open")
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks on the triangle fold and unfold."""
        face = self._on_chevron(event)
        if face is not None:
            self.folded.emit(face.line, face.fold == "open")
            return
        super().mouseDoubleClickEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere but on itself; whether it can be done is said when it is dropped."""
        super().dragMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(LINE) != self.line():
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Move a line under the one of a row, or before it when dropped between rows."""
        index, line = self.indexAt(event.position().toPoint()), self.line()
        if event.source() is not self or not index.isValid() or index.data(LINE) == line:
            event.ignore()
            return
        near = self.visualRect(index).top() + row_height() // 4
        on = event.position().y() >= near
        (self.moved if on else self.placed).emit(line, str(index.data(LINE)))
        # Qt would take the row away itself after a move; the operation tells the rows.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The row under the mouse, else the one with the keyboard, is what actions act on."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        where = self.visualRect(index).bottomLeft() if by_key else event.pos()
        self.setCurrentIndex(index)
        self._go()
        self.asked.emit(self.viewport().mapToGlobal(where))

    def viewportEvent(self, event: QEvent) -> bool:
        """Over a row all that is known of it is said, as plain text."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            face = self._face(self.indexAt(event.pos()))
            said = "" if face is None else told(face)
            if face is not None and face.under:
                said += "\n" + self.tr("{0} under it").format(f"{face.under:,}")
            QToolTip.showText(event.globalPos(), plain_tip(said) if said else "", self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows; what one turn has no time for is painted in the next."""
        self._drawer.begin()
        super().paintEvent(event)
        if self._drawer.owed:
            self._rest.ask()

    def _paint_owed(self) -> None:
        """Paint the rows that show an older picture."""
        owed = [*self._drawer.owed]
        self._drawer.owed.clear()
        for row in owed:
            self.viewport().update(self.visualRect(self.model().index(row, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The row with the keyboard stays in sight where it was."""
        here, old = self.currentIndex(), event.oldSize().height()
        seen = here.isValid() and 0 <= self.rowViewportPosition(here.row()) < old
        super().resizeEvent(event)
        if seen:
            self.scrollTo(here)

    def sizeHint(self) -> QSize:
        """It grows where there is room."""
        return QSize(200, row_height() * LEAST)

    def minimumSizeHint(self) -> QSize:
        """A few rows at least."""
        return QSize(120, row_height() * LEAST)
