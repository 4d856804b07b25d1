"""A page to be read: title, chapters, names, text, and facts in small print; no controls."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.dress.eliding import beginning
from stage.ui.dress.tokens import Tokens
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.gaps import Framed
from stage.ui.lanes.links import address_under
from stage.ui.lanes.nearby import Nearby
from stage.ui.lanes.placed import Placed, cut_of
from stage.ui.lanes.plain import EDGE as LINE
from stage.ui.lanes.plain import GOES_ON, Plain
from stage.ui.lanes.reading import Reading
from stage.ui.lanes.typesetting import GAP as SPACE
from stage.ui.lanes.typesetting import HEADER, ROW, Typesetter
from stage.ui.lanes.verbatim import shown
from stage.ui.pacing.slices import Slices
from stage.ui.pacing.soon import Soon
from stage.ui.widgets.headed import Headed

MEASURE = 66  # characters in a row
EDGE = 32  # pixels beside the column at least
SETTING = "\0setting"  # the id of the passage that tells it, under the title
INDENT = 12  # pixels: room for the mark of the keyboard beside the words

Key = Qt.Key


@dataclass(frozen=True, slots=True)
class Passage:
    """One line as it is read.

    Attributes:
        name: of the speaker, "" for what nobody says.
        facts: where the words came from, in small print.
        quiet: set in italics.
        chapter: the title of the chapter that begins here, "" for none.
    """

    id: str
    name: str
    facts: str
    text: str
    quiet: bool = False
    chapter: str = ""


class Page(Plain):
    """Shows passages; those already written stay when others follow.

    Signals:
        written: all passages are there.
        linked: an address that was clicked, and where on the screen.
    """

    written = Signal()
    linked = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty page."""
        super().__init__(parent)
        self._size = fonts.SPOKEN
        self._read = True
        self._title, self._setting = "", ""
        self._wanted: Sequence[Passage] = ()
        self._done: list[Passage] = []
        self._leaf = Leaf(self.document())
        self._selecting = Headed(self, self._leaf)
        self._nearby = Nearby(self, self._leaf, self._selecting)
        self._go_to = ""
        self._slices = Slices(self)
        self._forms: _Forms | None = None
        self._recoloured = Soon(self._recolour, self, 0)
        self._reading: Reading | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setProperty("reading", "lane")
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.document().setDocumentMargin(0)
        self.setAccessibleName(self.tr("The branch, to be read"))
        theme.dress(self, "lane")

    # what is shown

    @property
    def passages(self) -> list[Passage]:
        """What is written by now."""
        return [each for each in self._done if each.id != SETTING]

    @property
    def wanted(self) -> list[Passage]:
        """What is written by now, or will be."""
        return [each for each in self._wanted if each.id != SETTING]

    def show_passages(self, title: str, setting: str, passages: Sequence[Passage]) -> None:
        """Show a branch; where it begins as before, that part is left alone."""
        if (title, setting) != (self._title, self._setting) or self._forms is None:
            self._title, self._setting = title, setting
            self._begin()
        first = [Passage(SETTING, "", "", setting, quiet=True)] if setting else []
        self._wanted = [*first, *passages]
        same = 0
        for known, wanted in zip(self._done, self._wanted, strict=False):
            if known != wanted:
                break
            same += 1
        self._cut(same)
        self._slices.start(self._write(), self._finish)

    def set_style(self, *, size: float | None = None, read: bool | None = None) -> None:
        """Set text in another size, or Markdown as it is meant or verbatim."""
        self._size = self._size if size is None else size
        self._read = self._read if read is None else read
        here = self.top_passage()
        self._measure()
        self._begin()
        self._go_to = here
        self._slices.start(self._write(), self._finish)

    def go_to(self, line_id: str) -> None:
        """Bring a passage to the top as soon as it is written."""
        self._go_to = line_id
        if not self._slices.busy:
            self._finish(None)

    def rest(self) -> None:
        """Write nothing more until passages are shown again."""
        self._slices.stop()

    def top_passage(self) -> str:
        """The id of the passage at the top, "" for none."""
        number = self.cursorForPosition(self.viewport().rect().topLeft()).blockNumber()
        at = self._leaf.at_block(number)
        return self._done[at].id if at >= 0 else ""

    def selection(self) -> str:
        """What is selected; of long passages what is stored."""
        whole = all(placed.whole for placed in self._leaf.placed)
        return super().selection() if whole else self._selecting.text()

    # writing

    def _begin(self) -> None:
        """Write the title on an empty page."""
        self._slices.stop()
        if self._reading is not None:
            self._reading.setDocument(None)
        scheme = theme.tokens(self)
        self._forms = _Forms(scheme, self._size)
        self._done = []
        self._leaf.begin(scheme, self._size, self._forms)
        self.clear()
        frame = self.document().rootFrame()
        sides = frame.frameFormat()
        sides.setLeftMargin(INDENT)
        sides.setTopMargin(EDGE)
        sides.setBottomMargin(2 * EDGE)
        frame.setFrameFormat(sides)
        self._reading = Reading(self.document(), scheme, self._size) if self._read else None
        self._block(self._title, self._forms.title, self._forms.title_char, HEADER, first=True)

    def _write(self) -> Generator[None, None, None]:
        for passage in self._wanted[len(self._done) :]:
            self._add(passage)
            if self._leaf.placed[-1].long and self.isVisible():
                self._nearby.settle()
            yield

    def _add(self, passage: Passage) -> None:
        form = self._forms
        if form is None:
            return
        heads = bool(passage.chapter) + bool(passage.name)
        self._done.append(passage)
        placed = self._leaf.add(passage, self.document().blockCount(), heads)
        if passage.chapter:
            self._block(passage.chapter, form.chapter, form.chapter_char, HEADER)
        if passage.name:
            self._block(passage.name, form.header, form.name, HEADER)
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(SPACE + " ".join(shown(beginning(passage.facts)).split()), form.facts)
        if placed.long:
            self._leaf.leave_out(placed)
        else:
            self._add_rows(passage, placed, form)

    def _add_rows(self, passage: Passage, placed: Placed, form: "_Forms") -> None:
        chars = form.quiet if passage.quiet else form.text
        for at, (text, goes_on) in enumerate(placed.pieces):
            apart = not (at or passage.name or passage.id == SETTING)
            block = form.scene if apart else form.row
            self._block(text, block, chars, GOES_ON if goes_on else ROW)
        placed.high = len(placed.pieces)

    def _block(
        self, text: str, block: QTextBlockFormat, chars: QTextCharFormat, state: int,
        *, first: bool = False,
    ) -> None:  # fmt: skip
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block, chars)
        cursor.block().setUserState(state)
        head = shown(beginning(text)).replace("\n", " ")
        cursor.insertText(head if state == HEADER else text, chars)
        cursor.endEditBlock()

    def _cut(self, count: int) -> None:
        """Take away all passages but the first ones."""
        if count >= len(self._done):
            return
        block = self.document().findBlockByNumber(self._leaf.placed[count].first)
        del self._done[count:]  # first: who hears of the change looks at them
        del self._leaf.placed[count:]
        cursor = QTextCursor(self.document())
        cursor.setPosition(max(0, block.position() - 1))
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def _finish(self, _: object) -> None:
        wanted, self._go_to = self._go_to, ""
        at = self._leaf.index(wanted)
        if at >= 0:
            first = self._leaf.placed[at].first
            block = self.document().findBlockByNumber(first)
            top = self.document().documentLayout().blockBoundingRect(block).top()
            self.verticalScrollBar().setValue(round(top))
        self._nearby.settle()
        self.written.emit()

    def _measure(self) -> None:
        """The column is so many characters wide, and stands in the middle."""
        wide = QFontMetricsF(fonts.spoken(self._size)).averageCharWidth() * MEASURE
        room = self.width() - self.verticalScrollBar().width()
        side = max(EDGE, round((room - wide) / 2))
        self.setViewportMargins(side - INDENT, 0, side, 0)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        """Another scheme has other colours; while Qt sets style sheets it comes and goes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_recoloured"):
            self._recoloured.ask()

    def _recolour(self) -> None:
        if self._forms is not None and self._forms.scheme is not theme.tokens(self):
            self.set_style()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by rows, by pages, to the ends."""
        bar = self.verticalScrollBar()
        row, page = round(2 * self._size), bar.pageStep() - round(2 * self._size)
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps = {
            Key.Key_Down: row, Key.Key_Up: -row, Key.Key_PageDown: page, Key.Key_PageUp: -page,
            Key.Key_Space: -page if back else page, Key.Key_Home: -bar.maximum(),
            Key.Key_End: bar.maximum(),
        }  # fmt: skip
        step = steps.get(Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a link tells its address."""
        super().mouseReleaseEvent(event)
        plain = event.button() == Qt.MouseButton.LeftButton and self._read
        address = address_under(self, event.position()) if plain else ""
        if address and not self.textCursor().hasSelection():
            self.linked.emit(address, event.globalPosition().toPoint())

    def event(self, event: QEvent) -> bool:
        """At the left of the margin, a line says that the keyboard is here."""
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and self.hasFocus():
            QPainter(self).fillRect(0, 0, LINE, self.height(), QColor(theme.tokens(self).mark))
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the measure, and the row that is read."""
        spot = self._nearby.spot()
        self._measure()
        super().resizeEvent(event)
        self._leaf.fit(self.viewport().width())
        self._nearby.stand(spot)
        self._nearby.settle()


class Leaf(Framed):
    """The passages of a page, of whose long ones only the rows near the reader are written."""

    def begin(self, scheme: Tokens, size: float, forms: "_Forms") -> None:
        """Write passages into an empty document, set in some forms."""
        setter = Typesetter(scheme, size)
        setter.forms = replace(
            setter.forms, row=forms.row, text=forms.text, quiet=forms.quiet
        )  # fmt: skip
        self._setter = setter
        self.placed = []

    def add(self, passage: Passage, first: int, heads: int) -> Placed:
        """A passage begins at a block; nothing of it is written yet."""
        said = Entry(passage.id, passage.name, 0, "", "", passage.text, passage.quiet)
        placed = Placed(said, first, cut_of(passage.text), high=0, heads=heads)
        self.placed.append(placed)
        return placed

    def leave_out(self, placed: Placed) -> None:
        """A gap stands for the text of a passage."""
        cursor = QTextCursor(self.document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._typesetter.add_gap(cursor)
        self.gaps.fit(placed)


class _Forms:
    """How the parts of a page are set in one scheme and size."""

    def __init__(self, scheme: Tokens, size: float) -> None:
        self.scheme = scheme
        text, muted = scheme.text, scheme.muted
        self.title = _spaced(0, size * 0.6)
        self.chapter = _spaced(size * 2.2, size * 0.6)
        self.header = _spaced(size * 1.3, size * 0.2)
        self.row = _spaced(0, 0)
        self.scene = _spaced(size * 1.3, 0)
        for each in (self.row, self.scene):
            each.setLineHeight(118.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self.title_char = _chars(_bold(fonts.spoken(size * 1.7)), text)
        self.chapter_char = _chars(_bold(fonts.spoken(size * 1.3)), text)
        self.name = _chars(fonts.interface(13, QFont.Weight.DemiBold), text)
        self.facts = _chars(fonts.interface(fonts.TINY), muted)
        self.text = _chars(fonts.spoken(size), text)
        self.quiet = _chars(fonts.spoken(size), muted)
        self.quiet.setFontItalic(True)


def _spaced(above: float, below: float) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(above)
    made.setBottomMargin(below)
    return made


def _bold(font: QFont) -> QFont:
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _chars(font: QFont, colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(font)
    made.setForeground(QColor(colour))
    return made
