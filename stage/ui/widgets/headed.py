"""What is selected on a page whose title and setting stand over its passages."""

from PySide6.QtGui import QTextCursor

from stage.ui.lanes.plain import selected_text
from stage.ui.lanes.selecting import Place, Selecting


class Headed(Selecting):
    """Knows places above the first passage, too: of no line, by their position."""

    def place(self, position: int, *, upper: bool) -> Place:
        """What stands at a position."""
        if position < self._top():
            return Place("", True, position)
        return super().place(position, upper=upper)

    def position(self, place: Place, *, upper: bool = False) -> int:
        """Where a place stands; above the passages nothing comes or goes."""
        return super().position(place, upper=upper) if place.line else place.point

    def _between(self, start: Place, end: Place) -> str:
        if start.line:
            return super()._between(start, end)
        cursor = QTextCursor(self._script.document)
        cursor.setPosition(start.point)
        until = self._top() - 1 if end.line else end.point
        cursor.setPosition(until, QTextCursor.MoveMode.KeepAnchor)
        head = selected_text(cursor)
        if not end.line:
            return head
        first = Place(self._script.placed[0].entry.id, True, 0)
        return f"{head}\n{super()._between(first, end)}"

    def _top(self) -> int:
        """Where the first passage begins."""
        first = self._script.placed[0].first
        return int(self._script.document.findBlockByNumber(first).position())
