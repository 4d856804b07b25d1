"""The turns of a comparison: one table, so that all branches scroll as one."""

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from stage.ui.compare.cells import Cell, Words
from stage.ui.compare.heads import Gutter, Heads
from stage.ui.compare.turns import WORDS, Index, Turns
from stage.ui.dress import fonts, theme
from stage.ui.dress.tokens import Tokens
from stage.ui.pacing.soon import Soon

NARROWEST = 164  # a column; where there are more, one scrolls to the side
REMEMBERED = 300  # cells that stay laid out
ROUNDS = 12  # how often rows that grew may bring others into sight, before the next event


class TurnPainter(QStyledItemDelegate):
    """Paints cells, and knows how high they are.

    Signals:
        grew: a cell is of another height than was thought, now that it is seen.
    """

    grew = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Remember nothing yet."""
        super().__init__(parent)
        self.size = fonts.SPOKEN
        self._cells: OrderedDict[tuple[Words, int, str, float, bool], Cell] = OrderedDict()

    def cell(self, words: Words, width: int, scheme: Tokens, *, chosen: bool = False) -> Cell:
        """Words laid out for a width."""
        key = (words, width, scheme.name, self.size, chosen)
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = Cell(words, width, scheme, self.size, chosen=chosen)
            twin = self._cells.get((*key[:-1], not chosen))
            if twin is not None:
                found.be_as_high(twin)
            if len(self._cells) > REMEMBERED:
                self._cells.popitem(last=False)
        self._cells.move_to_end(key)
        return found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, edge and words of a cell."""
        scheme = theme.tokens_of(option.palette)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, QColor(scheme.selection))
        if index.column():
            painter.fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), QColor(scheme.rule))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(scheme.mark))
        cell = self.cell(index.data(WORDS), rect.width(), scheme, chosen=chosen)
        painter.setClipRect(rect)
        board = self.parent()
        seen = rect.intersected(board.viewport().rect()) if isinstance(board, Board) else rect
        if cell.paint(painter, QRectF(rect), QRectF(seen)):
            self.grew.emit()
        painter.restore()


class Board(QTableView):
    """Turns by branches.

    Signals:
        rated: a column and 0 to 5.
        preferred, removed: a column.
        opened: row and column of a line that is wanted on stage.
        unfolded: what is common is to be shown, or folded.
        moved: the column that keys act on is another one.
    """

    rated = Signal(int, int)
    preferred = Signal(int)
    removed = Signal(int)
    opened = Signal(int, int)
    unfolded = Signal()
    moved = Signal(int)

    def __init__(self, turns: Turns, parent: QWidget | None = None) -> None:
        """Show the rows of a model."""
        super().__init__(parent)
        self._turns = turns
        self._left = 0  # the column that was left out last
        self.painted = TurnPainter(self)
        self.heads = Heads(turns, self)
        self.setHorizontalHeader(self.heads)
        self.setVerticalHeader(Gutter(turns, self))
        self.setModel(turns)
        self.setItemDelegate(self.painted)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # see focusNextPrevChild
        self.setAccessibleName(self.tr("Branches by turn"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for mode in (self.setVerticalScrollMode, self.setHorizontalScrollMode):
            mode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalHeader().setDefaultSectionSize(96)
        theme.dress(self, "board")
        self.verticalScrollBar().valueChanged.connect(self.fit_rows)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._double_clicked)
        turns.dataChanged.connect(self.fit_rows)
        self.painted.grew.connect(Soon(self.fit_rows, self, 0).ask)
        self.heads.sectionClicked.connect(self._head_clicked)

    def renew(self) -> None:
        """Rows or columns are others: begin at the first turn."""
        self.clearSpans()
        folds = sum(row.what != "turn" for row in self._turns.rows)
        if self._turns.columns > 1:
            for at in range(folds):
                self.setSpan(at, 0, 1, self._turns.columns)
        self.fit_columns()
        if self._turns.rows and not self.currentIndex().isValid():
            turn = next((at for at, row in enumerate(self._turns.rows) if row.what == "turn"), 0)
            column = min(self._left, self._turns.columns - 1)
            self.setCurrentIndex(self._turns.index(0 if folds > 1 else turn, column))
            self.scrollToTop()
        self._left = 0
        self.fit_rows()

    def set_size(self, size: float) -> None:
        """Set spoken text in another size."""
        self.painted.size = size
        self.fit_rows()
        self.viewport().update()

    def fit_columns(self) -> None:
        """Share the width between the branches."""
        count = self._turns.columns
        if count:
            wide = max(NARROWEST, self.viewport().width() // count)
            for at in range(count):
                self.setColumnWidth(at, wide)

    def fit_rows(self) -> None:
        """Give every row that is seen the height that its words need."""
        for _ in range(ROUNDS):
            first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
            if first < 0:
                return
            until = self._turns.rowCount() if last < 0 else last + 1
            changed = [self._fit(at) for at in range(first, until)]
            if not any(changed):
                return
            self.updateGeometries()  # at the end of all rows Qt would leave a gap

    def _fit(self, at: int) -> bool:
        row, scheme = self._turns.rows[at], theme.tokens(self)
        if row.what == "fold":
            high = QFontMetrics(fonts.interface(fonts.TINY)).height() + 20
        else:
            spans = row.what == "common"
            columns = range(1 if spans else self._turns.columns)
            wide = [self.columnWidth(c) * (self._turns.columns if spans else 1) for c in columns]
            cells = [self._cell(at, *each, scheme) for each in zip(columns, wide, strict=True)]
            high = max((cell.height for cell in cells), default=40)
        if high == self.rowHeight(at):
            return False
        self.setRowHeight(at, high)
        return True

    def _cell(self, at: int, column: int, wide: int, scheme: Tokens) -> Cell:
        index = self._turns.index(at, column)
        chosen = self.selectionModel().isSelected(index)
        return self.painted.cell(index.data(WORDS), wide, scheme, chosen=chosen)

    # acting

    def _clicked(self, index: QModelIndex) -> None:
        if self._turns.rows[index.row()].what == "fold":
            self.unfolded.emit()

    def _double_clicked(self, index: QModelIndex) -> None:
        if self._turns.rows[index.row()].what != "fold":
            self.opened.emit(index.row(), index.column())

    def _head_clicked(self, column: int) -> None:
        now = self.currentIndex()
        self.setCurrentIndex(self._turns.index(max(0, now.row()), column))

    def _enter(self, index: QModelIndex) -> None:
        if self._turns.rows[index.row()].what == "fold":
            self.unfolded.emit()
        elif not self._turns.open_further(index.row(), index.column()):
            self.opened.emit(index.row(), index.column())

    def _copy(self, index: QModelIndex) -> None:
        line = self._turns.line(index.row(), index.column())
        if line is not None:
            QGuiApplication.clipboard().setText(line.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits rate, P prefers, Delete leaves out, Enter opens, Ctrl+C copies what was said."""
        index, key, text = self.currentIndex(), event.key(), event.text()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        )  # fmt: skip
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if not index.isValid() or not (plain or control):
            super().keyPressEvent(event)
        elif control and key == Qt.Key.Key_C:
            self._copy(index)
        elif plain and len(text) == 1 and text in "012345":
            self.rated.emit(index.column(), int(text))
        elif plain and key == Qt.Key.Key_P:
            self.preferred.emit(index.column())
        elif plain and key == Qt.Key.Key_Delete:
            self._left = index.column()  # the next one comes to stand there
            self.removed.emit(self._left)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(index)
        elif plain and key == Qt.Key.Key_Space and self._turns.rows[index.row()].what == "fold":
            self.unfolded.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab goes from branch to branch, and on to the next place after the last one."""
        index = self.currentIndex()
        column = index.column() + (1 if next_ else -1)
        if index.isValid() and 0 <= column < self._turns.columns and self.hasFocus():
            self.setCurrentIndex(self._turns.index(index.row(), column))
            return True
        return bool(super().focusNextPrevChild(next_))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which branch keys act on."""
        super().currentChanged(current, previous)
        self.heads.set_at(current.column())
        if current.column() != previous.column():
            self.moved.emit(current.column())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self.fit_columns()
        self.fit_rows()
