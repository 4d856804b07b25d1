"""What two texts say differently, word by word, in one plain text that needs no colour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QTextEdit, QWidget

from stage.measures.wording import differences
from stage.ui.dress import fonts, theme
from stage.ui.lanes.verbatim import rows_of, units
from stage.ui.widgets.typed import Typed

OUT, IN = ("[−", "−]"), ("[+", "+]")
HEADS = 2  # rows of a unified diff that name what is compared
MOST = 400  # stretches that are tinted; all are in brackets or have a sign before them


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the stretches of it that stand out, as (start, end, "out" or "in")."""

    text: str
    marks: tuple[tuple[int, int, str], ...] = ()


def by_words(rows: Sequence[tuple[str, str, str]]) -> Marked:
    """Both wordings of each (title, old, new): words that go in [−−], words that come in [++]."""
    text, marks = "", list[tuple[int, int, str]]()
    for title, old, new in rows:
        text += f"{title}\n"
        for wording, pieces, (begin, end), kind in zip(
            (old, new), differences([old, new]), (OUT, IN), ("out", "in"), strict=True
        ):
            for piece in pieces if wording else ():
                start, bare = len(text), piece.text.rstrip()
                text += piece.text if piece.same else f"{begin}{bare}{end}"
                if not piece.same:
                    marks.append((start, len(text), kind))
                    text += piece.text[len(bare) :]
            text += "\n" if wording else ""
        text += "\n"
    return Marked(text.rstrip("\n"), tuple(marks))


def by_rows(rows: Sequence[str]) -> Marked:
    """Rows of a unified diff; those with + or - before them stand out."""
    text, marks = "", list[tuple[int, int, str]]()
    for number, row in enumerate(rows):
        kind = None if number < HEADS else {"+": "in", "-": "out"}.get(row[:1])
        if kind is not None:
            marks.append((len(text), len(text) + len(row), kind))
        text += f"{row}\n"
    return Marked(text.rstrip("\n"), tuple(marks))


class MarkedText(Typed):
    """A text to read, verbatim, with stretches that stand out."""

    def __init__(self, name: str, parent: QWidget, *, mono: bool = False) -> None:
        """Start empty; `name` is read aloud."""
        super().__init__(parent)
        self._marks: tuple[tuple[int, int, str], ...] = ()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setFont(fonts.mono() if mono else fonts.interface())
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.poured.connect(self._tint)
        theme.dress(self, "text")

    def show_marked(self, marked: Marked) -> None:
        """Show a text; the same text is left where it is scrolled to."""
        if marked.text != self.toPlainText():
            self.setPlainText(marked.text)
        marks = marked.marks[:MOST]
        places = _places(marked.text, [at for a, b, _ in marks for at in (a, b)]) if marks else []
        ends = zip(places[::2], places[1::2], marks, strict=True)
        self._marks = tuple((start, end, kind) for start, end, (_, _, kind) in ends)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Another scheme has other tints."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        end = self.document().characterCount()
        shown = (each for each in self._marks if each[1] < end)  # the others are not there yet
        self.setExtraSelections([self._selection(*each) for each in shown])

    def _selection(self, start: int, end: int, kind: str) -> QTextEdit.ExtraSelection:
        scheme = theme.tokens(self)
        colour = QColor(scheme.warning if kind == "out" else scheme.ok)
        ground = QColor(scheme.surface)
        made, form = QTextEdit.ExtraSelection(), QTextCharFormat()
        form.setBackground(theme.tint(colour, ground, QColor(scheme.text), 0.3))
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        made.cursor, made.format = cursor, form
        return made


def _places(text: str, points: Sequence[int]) -> list[int]:
    """Where points of a text, in order, stand in the document that has it in rows."""
    cut = rows_of(text)

    def found() -> Iterator[int]:
        last = count = 0
        for point in points:
            count += units(text[last:point])
            last = point
            yield count + 2 * cut.joins(cut.row_of(point))  # a break and the sign of a cut

    return list(found())
