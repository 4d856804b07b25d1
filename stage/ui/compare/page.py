"""The whole view: bars, turns, numbers; wired to what is compared."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from stage.ui.compare.away import Away
from stage.ui.compare.bars import Below, Top
from stage.ui.compare.board import Board
from stage.ui.compare.choosing import Choosing
from stage.ui.compare.key import Key
from stage.ui.compare.numbers import Numbers, NumberTable
from stage.ui.compare.takes import Takes
from stage.ui.compare.turns import BY, Turns
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from stage.ui.pacing.building import Building
from stage.ui.widgets.begins import Begins, in_order
from stage.ui.widgets.nothing import Either
from stage.ui.widgets.split import Split

LEAST, MOST = 12, 36  # letters of the words beside a row
TITLE = 28  # pixels beside them


class Page(Begins):
    """Two to six branches side by side, or what may be compared."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, slowly: bool = False) -> None:
        """Follow what a desk compares, while it is seen."""
        super().__init__(parent)
        self._desk, self._compared = desk, desk.compared
        self.building = Building(self._build(), slowly=slowly)

    def _build(self) -> Iterator[None]:
        desk = self._desk
        self.setAccessibleName(self.tr("Compare"))
        self.turns, self.numbers = Turns(desk, self), Numbers(desk, self)
        self.board, self.table = Board(self.turns, self), NumberTable(self.numbers, self)
        yield
        self.top, self.below = Top(desk.compared, self), Below(desk.compared, self)
        self.away = Away(desk, self)
        yield
        self.choosing, self.takes = Choosing(desk.compared, self), Takes(desk, self)
        yield
        self.key, self.grouped = Key(desk, self), False
        self.board.set_size(desk.settings.spoken_size)
        self._lay_out()
        yield
        branches = (*self.key.stops(), self.board, self.table, *self.below.stops())
        in_order([*self.top.stops(), *branches, *self.takes.stops()])
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        self._split = Split(Qt.Orientation.Vertical, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for at, part in enumerate((self.board, self.table)):
            self._split.addWidget(part)
            self._split.setStretchFactor(at, 1 - at)
        self._whole = QWidget(self)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._split, 1)
        column.addWidget(self.below)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._whole)
        self._pages.addWidget(self.takes)
        self.body = Either(self._pages, self, self.choosing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top)
        outer.addWidget(self.key)
        outer.addWidget(self.body, 1)

    def _connect(self) -> None:
        compared, board = self._compared, self.board
        compared.changed.connect(self.refresh)
        compared.measured.connect(self._measured)
        compared.grew.connect(self._grew)
        compared.wanted.connect(self._ungroup)
        self._desk.looks.arrived.connect(self._arrived)
        self._desk.prefs.changed.connect(self._preferred)
        self._desk.session.chose.connect(self._chose)
        self.key.tinted.connect(self._tint)
        self.top.blinded.connect(compared.set_blind)
        self.top.added.connect(compared.add)
        self.top.grouped.connect(self._group)
        self.top.copied.connect(self.away.copy)
        self.top.exported.connect(self.away.export)
        self.takes.copy.clicked.connect(self.away.copy_takes)
        self.choosing.chose.connect(compared.show)
        self.choosing.wanted.connect(self._desk.wishes.action)
        board.rated.connect(compared.rate)
        board.preferred.connect(compared.prefer)
        board.removed.connect(self._remove)
        board.unfolded.connect(compared.unfold)
        board.opened.connect(self._stage)
        board.moved.connect(self.below.refresh)
        board.heads.sectionResized.connect(self._resized)
        board.horizontalScrollBar().valueChanged.connect(self.table.horizontalScrollBar().setValue)
        self.below.rated.connect(self._rate)
        self.below.preferred.connect(self._prefer)
        self.below.staged.connect(self._stage_here)
        self.below.removed.connect(self._remove)
        self.below.scored.connect(self._score)

    # showing

    def refresh(self) -> None:
        """Show what is compared now; nothing is done while nobody sees it."""
        if not self.isVisible():
            return
        enough = len(self._compared.leaves) > 1
        focused = QApplication.focusWidget()
        here = focused is not None and self.isAncestorOf(focused)
        self._pages.setCurrentWidget(self.takes if self.grouped else self._whole)
        if enough or self.grouped:
            self.body.show_page()
        else:
            self.choosing.refresh()
            self.body.show_nothing()
        anew = self.turns.refresh()
        if anew or not enough:
            self.board.renew()
        self._measured()
        self._fit()
        if anew:
            self._share()
        page: QWidget = self.takes.table if self.grouped else self.board
        self.beginning = page if enough or self.grouped else self.choosing
        if here and focused is not None and not focused.isVisible():
            self.setFocus()

    def _measured(self) -> None:
        if not self.isVisible():
            return
        before = len(self.numbers.rows)
        self.numbers.refresh()
        self._told()
        self.below.refresh(self.board.currentIndex().column())
        self.below.few.setVisible(self.numbers.few)
        self.board.heads.fit()
        self.board.heads.viewport().update()
        self.table.setMaximumHeight(self.table.sizeHint().height())
        if before != len(self.numbers.rows):
            self._fit()
            self._share()

    def _fit(self) -> None:
        """Give gutters and columns of both tables the same places."""
        wide = gutter([row.title for row in self.numbers.rows], self.width() // 4)
        for table in (self.board, self.table):
            table.verticalHeader().setFixedWidth(wide)
        self.board.fit_columns()
        self.board.heads.fit()
        self.board.fit_rows()
        for at in range(self.turns.columns):
            self.table.setColumnWidth(at, self.board.columnWidth(at))

    def _share(self) -> None:
        """Give the numbers what they need, up to a third of the height or what turns leave."""
        high = self._split.height()
        turns = self.board.verticalHeader().length() + self.board.heads.height() + 12
        numbers = min(self.table.sizeHint().height(), max(high // 3, high - turns))
        if numbers < self.table.sizeHint().height():  # some rows are scrolled to; none is cut
            numbers -= numbers % self.table.verticalHeader().defaultSectionSize()
        self._split.setSizes([high - numbers, numbers])

    def _resized(self, column: int, before: int, now: int) -> None:
        if column < self.numbers.columnCount():
            self.table.setColumnWidth(column, now)

    def _grew(self, line_id: str) -> None:
        play = self._compared.play
        if self.isVisible() and play is not None and line_id in play.tree:
            self.turns.grown(play.tree[line_id])

    def _arrived(self, line_id: str) -> None:
        if self.isVisible() and self.turns.tinting in BY:
            self.turns.set_tinting(self.turns.tinting)

    def _preferred(self, name: str) -> None:
        if name == "spoken_size":
            self.board.set_size(self._desk.settings.spoken_size)

    def _chose(self) -> None:
        if self.isVisible() and self.choosing.isVisible():
            self.choosing.refresh()

    def _tint(self, tinting: str) -> None:
        self.turns.set_tinting(tinting)
        if tinting == "difference":
            self._desk.looks.resume()  # somebody may have stopped scoring
        self._told()

    def _told(self) -> None:
        self.top.refresh(grouped=self.grouped)
        self.key.setVisible(not self.grouped and len(self._compared.leaves) > 1)
        self.key.show_tinting(self.turns.tinted)

    def _group(self, grouped: bool) -> None:
        """Tell takes together, or put branches side by side."""
        self.grouped = grouped
        self._desk.tallied.wake(grouped)
        self.refresh()

    def _ungroup(self) -> None:
        """Somebody asked for branches, wherever the page was left."""
        if self.grouped:
            self._group(False)

    # acting

    def _at(self) -> int:
        return max(0, self.board.currentIndex().column())

    def _rate(self, value: int) -> None:
        self._compared.rate(self._at(), value)

    def _prefer(self) -> None:
        self._compared.prefer(self._at())

    def _remove(self, column: int) -> None:
        if column < len(self._compared.leaves):
            self._compared.remove(self._compared.leaves[column])

    def _score(self) -> None:
        if self._compared.weighing.scoring is None:
            self._compared.score()
        else:
            self._compared.stop()

    def _stage_here(self) -> None:
        index = self.board.currentIndex()
        self._stage(index.row(), index.column())

    def _stage(self, row: int, column: int) -> None:
        """Show a branch in the current lane, at the line that was chosen here."""
        session, line = self._desk.session, self.turns.line(row, column)
        if column < len(self._compared.leaves) and session.lanes:
            session.move(session.at, self._compared.leaves[column])
            if line is not None:
                session.choose(line.id)
            self._desk.wishes.view.emit("stage")
            self._desk.wishes.focus.emit(f"lane {session.at + 1}")

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: read what was not read yet."""
        super().showEvent(event)
        self._compared.wake(True)
        self._desk.tallied.wake(self.grouped)
        self.refresh()
        self._share()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._compared.wake(False)
        self._desk.tallied.wake(False)
        self.turns.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep both tables on one grid; unseen, the turns may be those of before."""
        super().resizeEvent(event)
        if self.isVisible():
            self._fit()
            self._share()


def gutter(titles: Sequence[str], most: int) -> int:
    """How wide the column of the rows' titles is: as the longest needs, no more than `most`."""
    metrics = QFontMetrics(fonts.interface(fonts.SMALL))
    longest = max(map(metrics.horizontalAdvance, titles), default=0)
    wide = max(metrics.averageCharWidth() * LEAST, longest) + TITLE
    return min(wide, metrics.averageCharWidth() * MOST, most)
