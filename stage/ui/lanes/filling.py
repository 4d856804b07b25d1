"""A long text comes in from its end upwards, a little at a time; its reader sees nothing move."""

from time import perf_counter

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTextEdit

from stage.ui.lanes.placed import LONG
from stage.ui.lanes.script import FIRST, Script, some_of

PAUSE = 15  # milliseconds for others between two parts
SLICE = 0.004  # seconds of a part
PART = 5  # entries written in one go


class Filler(QObject):
    """Writes what a script has not written yet while the text is seen."""

    def __init__(self, text: QTextEdit, script: Script) -> None:
        """Fill in `text` what its `script` holds."""
        super().__init__(text)
        self._text, self._script = text, script
        self._rest = 0.0  # parts of a pixel that were not scrolled
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._part)
        text.installEventFilter(self)

    def begin(self) -> None:
        """Write what is not written, by and by."""
        if self._script.above and self._text.isVisible() and not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """Write all that is left, now."""
        if self._script.above:
            self._lift(len(self._script.above))
            self._text.viewport().update()

    def reach(self, line_id: str) -> int:
        """The index of a line, written with all under it where it is not yet; -1 for none."""
        above = self._script.above
        at = next((at for at, each in enumerate(above) if each.id == line_id), -1)
        if at >= 0:
            self._lift(len(above) - at)
            self._text.viewport().update()
            self.begin()
        return self._script.index(line_id)

    def hold(self, first: int) -> int:
        """Where many entries stand above one of an index, take them out until `begin`.

        What is selected or marked stays.

        Returns:
            How many were taken out.
        """
        if first < FIRST or self._text.textCursor().hasSelection() or self._text.extraSelections():
            return 0
        self._script.hold(first)
        return first

    def _part(self) -> None:
        end = perf_counter() + SLICE
        while self._script.above:
            self._lift(some_of(self._script.above, PART, LONG))
            if perf_counter() > end:
                break
        if self._script.above:
            self.begin()
        else:
            self._text.viewport().update()  # what was told of meanwhile, and parts of pixels

    def _lift(self, count: int) -> None:
        """Write some more at the top; what is seen stays where it is, so nothing is painted."""
        bar, below = self._text.verticalScrollBar(), self._script.placed[0]
        still = Qt.WidgetAttribute.WA_UpdatesDisabled
        self._text.viewport().setAttribute(still, True)
        before, at = self._height(below.first), bar.value()
        self._script.lift(count)
        more = self._height(below.first) - before + self._rest
        self._rest = more - round(more)
        bar.setMaximum(max(bar.maximum(), at + round(more)))  # Qt may tell of the height later
        bar.setValue(at + round(more))
        self._text.viewport().setAttribute(still, False)

    def _height(self, block: int) -> float:
        """Where a block begins in the document."""
        found = self._script.document.findBlockByNumber(block)
        return float(self._script.document.documentLayout().blockBoundingRect(found).top())

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Go on once the text is seen; have all there for a key that goes to its beginning."""
        if event.type() == QEvent.Type.Show:
            self.begin()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            everything = event.matches(QKeySequence.StandardKey.SelectAll)
            if everything or event.key() == Qt.Key.Key_Home:
                self.finish()
        return False
