"""A long text comes in from its end upwards, a little at a time; its reader sees nothing move."""

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QTextEdit

from stage.ui.script import FIRST, Script

PAUSE = 15  # milliseconds for others between two parts
SLICE = 0.004  # seconds of a part
PART = 8  # entries written in one go


class Filler(QObject):
    """Writes what a script has not written yet while the text is seen."""

    def __init__(self, text: QTextEdit, script: Script) -> None:
        """Fill in `text` what its `script` holds."""
        super().__init__(text)
        self._text, self._script = text, script
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._part)

    def begin(self) -> None:
        """Write what is not written, by and by."""
        if self._script.above and self._text.isVisible() and not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """Write all that is left, now."""
        if self._script.above:
            self._lift(len(self._script.above))
            self._text.viewport().update()

    def hold(self, first: int) -> int:
        """Where many entries stand above one of an index, take them out until `begin`.

        Returns:
            How many were taken out.
        """
        if first < FIRST:
            return 0
        self._script.hold(first)
        return first

    def _part(self) -> None:
        end = perf_counter() + SLICE
        while self._script.above and perf_counter() < end:
            self._lift(PART)
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
        more = round(self._height(below.first) - before)
        bar.setMaximum(bar.maximum() + more)  # Qt tells of the new height too late for this
        bar.setValue(at + more)
        self._text.viewport().setAttribute(still, False)

    def _height(self, block: int) -> float:
        """Where a block begins in the document."""
        found = self._script.document.findBlockByNumber(block)
        return float(self._script.document.documentLayout().blockBoundingRect(found).top())
