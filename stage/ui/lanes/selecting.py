"""What is selected in a script, whether all of it is written or not."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QTextEdit

from stage.ui.lanes.entry import Entry
from stage.ui.lanes.placed import chars, part
from stage.ui.lanes.standing import Standing
from stage.ui.lanes.typesetting import as_written


class Place(NamedTuple):
    """A place in an entry: a character of its header, or of its text."""

    line: str
    header: bool
    point: int


class Far(NamedTuple):
    """Where a selection was begun that goes on to entries far from there.

    Attributes:
        place: it may stand in an entry that is not written.
        anchor: the end of what is written on that side, or where it stands.
    """

    place: Place
    anchor: int


class Selecting:
    """Keeps a selection while rows come and go, and tells what is stored of it."""

    def __init__(self, text: QTextEdit, script: Standing) -> None:
        """Watch over the selection of a text."""
        self._text, self._script = text, script
        self._known: tuple[QTextCursor, tuple[Place, Place]] | None = None
        self._on = (False, False)  # it goes on above, and below, where nothing is written
        self._far: Far | None = None
        self._moving = False
        text.selectionChanged.connect(self._changed)

    def text(self) -> str:
        """The stored text of what is selected, rows that were only cut for layout in one."""
        places = self._places()
        if places is None:
            return ""
        start, end = places
        above, below = self._on
        over, under = self._script.above, self._script.below
        first, last = _index(over, start.line), _index(under, end.line)
        parts = [as_written(each) for each in over] if above else []
        if first >= 0 and not above:
            parts = [_part(over[first], start, None), *map(as_written, over[first + 1 :])]
        placed = self._script.placed
        seen = Place(placed[0].entry.id, True, 0) if first >= 0 else start
        shown = placed[-1].entry
        until = Place(shown.id, False, len(shown.text)) if last >= 0 else end
        parts.append(self._between(seen, until))
        if below:
            parts += map(as_written, under)
        elif last >= 0:
            parts += [*map(as_written, under[:last]), _part(under[last], None, end)]
        return "\n".join(parts)

    def go_on(self, event: QKeyEvent) -> None:
        """A key selected up to an end of what is written: up to that of all entries is meant."""
        everything = event.matches(QKeySequence.StandardKey.SelectAll)
        above = everything or event.matches(QKeySequence.StandardKey.SelectStartOfDocument)
        below = everything or event.matches(QKeySequence.StandardKey.SelectEndOfDocument)
        if above or below:
            self.select_on(above=above, below=below)

    def select_on(self, *, above: bool = True, below: bool = True) -> None:
        """What is selected goes on to the first of all entries, or to the last one."""
        self._on = (above, below)

    @contextmanager
    def begun(self, *, below: bool) -> Iterator[None]:
        """Other entries are written, to select up to an end: where that was begun is kept.

        Args:
            below: up to the end of what is written then; else its beginning.
        """
        cursor = self._text.textCursor()
        place = self._far.place if self._far else self.place(cursor.anchor(), upper=not below)
        with self._still():
            yield
            self._far = Far(place, 0)
            start, end = self._stands(place), self._end() if below else 0
            self._select(min(start, end), max(start, end), back=not below)

    @contextmanager
    def reaching(self) -> Iterator[None]:
        """Entries are written at the ends; a selection that goes on there takes them in."""
        with self._still():
            yield
            above, below = self._on
            if above or below or self._far:
                cursor = self._text.textCursor()
                back = cursor.position() < cursor.anchor()
                ends = [cursor.selectionStart(), cursor.selectionEnd()]
                if self._far:
                    ends[back] = self._stands(self._far.place)
                start = 0 if above else ends[0]
                self._select(start, self._end() if below else ends[1], back=back)

    def _between(self, start: Place, end: Place) -> str:
        script, parts = self._script, []
        for at in range(script.index(start.line), script.index(end.line) + 1):
            entry = script.placed[at].entry
            first, last = entry.id == start.line, entry.id == end.line
            heads = script.heads(at)
            if heads and (not first or start.header):
                header = "\n".join(block.text() for block in heads)
                until = end.point if last and end.header else len(header)
                parts.append(header[start.point if first else 0 : until])
            if not (last and end.header):
                begin = start.point if first and not start.header else 0
                parts.append(entry.text[begin : end.point if last else None])
        return "\n".join(parts)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Select the same when rows have come and gone."""
        places = self._places()
        if places is None:
            yield
            return
        back = self._text.textCursor().position() < self._text.textCursor().anchor()
        yield
        start, end = (self._stands(each, upper=at == 1) for at, each in enumerate(places))
        with self._still():
            self._select(start, end, back=back)
        self._known = (QTextCursor(self._text.textCursor()), places)

    def _select(self, start: int, end: int, *, back: bool) -> None:
        cursor, bar = self._text.textCursor(), self._text.verticalScrollBar()
        cursor.setPosition(end if back else start)
        cursor.setPosition(start if back else end, QTextCursor.MoveMode.KeepAnchor)
        value = bar.value()
        QTextEdit.setTextCursor(self._text, cursor)  # nobody puts it anywhere
        bar.setValue(value)
        if self._far:
            self._far = Far(self._far.place, cursor.anchor())

    @contextmanager
    def _still(self) -> Iterator[None]:
        """Nobody selects anything in here."""
        self._moving = True
        try:
            yield
        finally:
            self._moving = False

    def _changed(self) -> None:
        if not self._moving:
            self._on = (False, False)
            cursor = self._text.textCursor()
            if self._far and not (cursor.hasSelection() and cursor.anchor() == self._far.anchor):
                self._far = None

    def place(self, position: int, *, upper: bool) -> Place:
        """What stands at a position; of a gap the beginning, or the end as the `upper` one."""
        script = self._script
        block = script.document.findBlock(position)
        at = max(0, script.at_block(block.blockNumber()))
        placed, unit = script.placed[at], position - block.position()
        row = block.blockNumber() - placed.row + placed.low
        if block.blockNumber() < placed.first:
            return Place(placed.entry.id, True, 0)
        if block.blockNumber() < placed.body:
            heads = (each.text() for each in script.heads(at)[: block.blockNumber() - placed.first])
            before = sum(len(text) + 1 for text in heads)
            return Place(placed.entry.id, True, before + chars(block.text(), unit))
        if placed.low <= row < placed.high:
            point = placed.begins[row] + chars(placed.pieces[row][0], unit)
            return Place(placed.entry.id, False, point)
        begin, end = (0, placed.low) if row < placed.low else (placed.high, len(placed.pieces))
        point = placed.begins[end] if upper else placed.begins[begin]
        return Place(placed.entry.id, False, min(point, len(placed.entry.text)))

    def position(self, place: Place, *, upper: bool = False) -> int:
        """Where a place stands; the beginning of the gap that it is in, or as `upper` the end."""
        script = self._script
        at = script.index(place.line)
        placed = script.placed[at]
        if place.header:
            return self._in_heads(at, place.point)
        row = placed.row_of(place.point)
        if placed.low <= row < placed.high:
            begin = placed.begins[row]
            _, units = part(placed.pieces[row][0], begin, begin, place.point) or (0, 0)
            return int(script.row(at, row).position() + units)
        gap = script.before(at).next() if row < placed.low else script.last(at)
        return int(gap.position()) + upper

    def _stands(self, place: Place, *, upper: bool = False) -> int:
        """Where a place stands; the end of what is written on its side, where it is not."""
        if not place.line or self._script.index(place.line) >= 0:
            return self.position(place, upper=upper)
        return 0 if _index(self._script.above, place.line) >= 0 else self._end()

    def _end(self) -> int:
        return int(self._script.document.characterCount()) - 1

    def _in_heads(self, at: int, point: int) -> int:
        blocks = self._script.heads(at)
        if not blocks:  # nobody says it
            return int(self._script.before(at).next().position())
        for block in blocks[:-1]:
            if point <= len(block.text()):
                break
            point -= len(block.text()) + 1
        else:
            block = blocks[-1]
        _, units = part(block.text(), 0, 0, point) or (0, 0)
        return int(block.position()) + units

    def _places(self) -> tuple[Place, Place] | None:
        """Where the selection begins and ends, None where nothing is selected."""
        cursor = self._text.textCursor()
        if not cursor.hasSelection() or not self._script.placed:
            self._known = None
            return None
        if self._known is not None and _same(self._known[0], cursor):
            return self._known[1]  # where it ends in a gap, too
        start = self.place(cursor.selectionStart(), upper=False)
        end = self.place(cursor.selectionEnd(), upper=True)
        if self._far is None or self._far.anchor != cursor.anchor():
            return start, end
        back = cursor.position() < cursor.anchor()
        return (start, self._far.place) if back else (self._far.place, end)


def _index(entries: Sequence[Entry], line: str) -> int:
    return next((at for at, each in enumerate(entries) if each.id == line), -1)


def _part(entry: Entry, start: Place | None, end: Place | None) -> str:
    """What is selected of an entry that is not written: from a place, up to another one."""
    whole = as_written(entry)
    text = len(whole) - len(entry.text)
    low, high = (each and each.point + (0 if each.header else text) for each in (start, end))
    return whole[low:high]


def _same(one: QTextCursor, other: QTextCursor) -> bool:
    return (one.anchor(), one.position()) == (other.anchor(), other.position())
