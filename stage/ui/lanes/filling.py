"""A long text comes in round its reader, a little at a time; they see nothing move."""

from collections.abc import Sequence
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTextEdit

from stage.ui.lanes.entry import Entry
from stage.ui.lanes.placed import LONG
from stage.ui.lanes.script import FIRST, Script, some_of
from stage.ui.lanes.selecting import Selecting
from stage.ui.pacing.agenda import Agenda
from stage.ui.pacing.soon import Soon

PAUSE = 15  # milliseconds for others between two parts
SLICE = 0.001  # seconds of a part
PART = 4  # entries written in one go
AHEAD = 400  # entries over and under what is seen that are written before they are
FAR = 2 * AHEAD  # of those beyond this, some are taken out again with each part


class Filler(QObject):
    """Writes what a script has not written yet near the reader while the text is seen.

    Attributes:
        writing: what is scrolled now is what was written: the same is seen.

    Signals:
        elsewhere: what was written is gone; other entries are.
    """

    elsewhere = Signal()

    def __init__(
        self, text: QTextEdit, script: Script, selecting: Selecting, agenda: Agenda | None
    ) -> None:
        """Fill in `text` what its `script` holds; what is selected stays so.

        Args:
            agenda: what others do at that moment is done in turn.
        """
        super().__init__(text)
        self._text, self._script, self._selecting = text, script, selecting
        self.writing = False
        self._rest = 0.0  # parts of a pixel that were not scrolled
        self._next = Soon(self._part, self, PAUSE, agenda)
        text.installEventFilter(self)
        text.verticalScrollBar().valueChanged.connect(self.begin)

    def begin(self) -> None:
        """Write what is not written, by and by."""
        waits = bool(self._script.above or self._script.below) and not self.writing
        if (
            waits
            and not self._next.isActive()
            and self._text.isVisible()
            and any(self._lacks(*self._beyond()))
        ):
            self._next.ask()

    def reach(self, line_id: str) -> int:
        """The index of a line, written with those round it where it is not yet; -1 for none."""
        script = self._script
        over = _place(script.above[::-1], line_id)
        under = _place(script.below, line_id)
        if 0 <= over < FIRST or 0 <= under < FIRST:
            self._write(over + 1, under + 1)
        elif over >= 0 or under >= 0:
            script.stand(line_id)
            self.elsewhere.emit()
        if over >= 0 or under >= 0:
            self._text.viewport().update()
            self.begin()
        return script.index(line_id)

    def end(self) -> None:
        """Have the last lines written."""
        if self._script.below and self._script.newest is not None:
            self.reach(self._script.newest.id)

    def start(self) -> None:
        """Have the first lines written."""
        if self._script.above:
            self.reach(self._script.above[0].id)

    def hold(self, first: int, last: int) -> int:
        """Take entries far from those of some indices out until `begin`, where there are many.

        What is selected or marked stays.

        Returns:
            How many were taken out over them.
        """
        if self._held():
            return 0
        under = len(self._script.placed) - 1 - last
        if under >= FIRST:
            self._script.leave_below(under)
        if first < FIRST:
            return 0
        self._script.leave_above(first)
        return first

    # inside

    def _beyond(self) -> tuple[int, int]:
        """How many entries are written over and under what is seen."""
        script, port = self._script, self._text.viewport().rect()
        first, last = (
            script.at_block(self._text.cursorForPosition(corner).blockNumber())
            for corner in (port.topLeft(), port.bottomLeft())
        )
        return max(0, first), len(script.placed) - 1 - last

    def _lacks(self, over: int, under: int) -> tuple[int, int]:
        """How many entries beyond so many are to be written yet."""
        script = self._script
        above = min(len(script.above), max(0, AHEAD - over))
        return above, min(len(script.below), max(0, AHEAD - under))

    def _part(self) -> None:
        """Write some where the reader would miss them first."""
        end = perf_counter() + SLICE
        over, under = self._beyond()
        above, below = self._lacks(over, under)
        had = above, below
        while above or below:
            if below and (below >= above or not above):
                many = some_of(self._script.below[:PART][::-1], PART, LONG)
                self._write(0, many)
                below = max(0, below - many)
            else:
                many = some_of(self._script.above, PART, LONG)
                self._write(many, 0)
                above = max(0, above - many)
            if perf_counter() > end:
                break
        self._let_go(over + had[0] - above - FAR, under + had[1] - below - FAR)
        if not (above or below):
            self._text.viewport().update()  # what was told of meanwhile, and parts of pixels
        elif self._text.isVisible():
            self._next.ask()

    def _write(self, above: int, below: int) -> None:
        """Write some more at an end; what is seen stays where it is, so nothing is painted."""
        bar, lower = self._text.verticalScrollBar(), self._script.placed[0]
        still = Qt.WidgetAttribute.WA_UpdatesDisabled
        self._text.viewport().setAttribute(still, True)
        self.writing = True
        try:
            with self._selecting.reaching():
                if below:
                    self._script.write_below(below)
                if above:
                    before, at = self._height(lower.first), bar.value()
                    self._script.write_above(above)
                    more = self._height(lower.first) - before + self._rest
                    self._rest = more - round(more)
                    bar.setMaximum(max(bar.maximum(), at + round(more)))  # Qt may tell of it later
                    bar.setValue(at + round(more))
        finally:
            self.writing = False
            self._text.viewport().setAttribute(still, False)

    def _let_go(self, over: int, under: int) -> None:
        """Take some out that the reader has left so far behind: the more is written, the slower."""
        if self._held():
            return
        over, under = min(over, 2 * PART), min(under, 2 * PART)
        if under > 0:
            self._script.leave_below(under)
        if over > 0:
            bar, placed = self._text.verticalScrollBar(), self._script.placed
            less = self._height(placed[over].first) - self._height(placed[0].first) - self._rest
            self._rest, at = round(less) - less, bar.value()
            self._script.leave_above(over)
            bar.setValue(at - round(less))

    def _held(self) -> bool:
        """Whether something is selected or marked, which stays."""
        return self._text.textCursor().hasSelection() or bool(self._text.extraSelections())

    def _height(self, block: int) -> float:
        """Where a block begins in the document."""
        found = self._script.document.findBlockByNumber(block)
        return float(self._script.document.documentLayout().blockBoundingRect(found).top())

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Go on once the text is seen; a key that goes to an end of it finds that written."""
        script = self._script
        if event.type() == QEvent.Type.Show:
            self.begin()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.MoveToEndOfDocument):
                self.end()
            elif event.matches(QKeySequence.StandardKey.MoveToStartOfDocument):
                self.start()
            elif event.matches(QKeySequence.StandardKey.SelectEndOfDocument) and script.below:
                with self._selecting.begun(below=True):
                    self.end()
            elif event.matches(QKeySequence.StandardKey.SelectStartOfDocument) and script.above:
                with self._selecting.begun(below=False):
                    self.start()
        return False


def _place(entries: Sequence[Entry], line_id: str) -> int:
    """The index of a line, -1 for none."""
    return next((at for at, each in enumerate(entries) if each.id == line_id), -1)
