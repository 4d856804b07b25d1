"""What a search found, under chips that put fields into the search."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QVBoxLayout, QWidget

from stage.director.records import Known
from stage.kit import clock
from stage.play.line import Cut, Kind
from stage.ui import words
from stage.ui.delegates.hits import HitRow
from stage.ui.dress import fonts, theme
from stage.ui.library.seeking import Search
from stage.ui.models.hits import HIT, Hits
from stage.ui.widgets.buttons import Segment
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, label
from stage.ui.widgets.nothing import Either

MOST_NAMES = 40  # in a menu; others are typed
Choices = Sequence[tuple[str, str]]  # value and words


class Chips(QWidget):
    """A chip for each field; its menu offers values, and the way back to any."""

    def __init__(self, search: Search, parent: QWidget | None = None) -> None:
        """Put fields into a search."""
        super().__init__(parent)
        self._search = search
        self._known = Known((), (), ())
        self.chips: dict[str, Segment] = {}
        self.menus: dict[str, QMenu] = {}
        row = Flow(self, spacing=6)
        for field, title in self._titles().items():
            chip = Segment(title, self.tr("Only lines by: {0}").format(title), self)
            chip.opens = True
            menu = QMenu(self)
            theme.dress(menu, "menu")
            chip.clicked.connect(partial(self.open, field))
            self.chips[field], self.menus[field] = chip, menu
            row.addWidget(chip)
        self.count = label(font=fonts.figures(fonts.SMALL), role=MUTED)
        row.addWidget(self.count)
        search.changed.connect(self.refresh)

    def know(self, known: Known) -> None:
        """Offer these names."""
        self._known = known

    def refresh(self) -> None:
        """A chip whose field is set is pressed, and says what to."""
        for field, title in self._titles().items():
            value = self._value(field)
            self.chips[field].setChecked(bool(value))
            self.chips[field].setText(f"{title}: {value}" if value else title)
            self.chips[field].updateGeometry()
        if not self._search.busy:  # meanwhile what was found before is shown
            self._count()

    def _count(self) -> None:
        """How many lines were found, as far as they were fetched."""
        search = self._search
        many = words.count(len(search.lines), "line")
        said = self.tr("{0} and more").format(many) if search.more else many
        self.count.setText(said if search.wanted and search.lines else "")
        self.count.setVisible(bool(self.count.text()))

    def open(self, field: str) -> None:
        """Offer the values of a field."""
        self.refresh()  # a click alone sets nothing
        menu, chip = self.menus[field], self.chips[field]
        menu.clear()
        menu.addAction(self.tr("Any")).triggered.connect(partial(self._set, field, ""))
        menu.addSeparator()
        for value, said in self._choices(field):
            menu.addAction(said.replace("&", "&&")).triggered.connect(
                partial(self._set, field, value)
            )
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def _set(self, field: str, value: str) -> None:
        if field == "date":
            for other in ("before", "after", "date"):
                self._search.set_field(other, "")
            name, _, value = value.partition(":")
            field = name or "date"
        self._search.set_field(field, value)

    def _value(self, field: str) -> str:
        if field == "date":
            found = (self._search.field(each) for each in ("date", "after", "before"))
            return next((each for each in found if each), "")
        return self._search.field(field)

    def _titles(self) -> dict[str, str]:
        return {
            "speaker": self.tr("Speaker"), "model": self.tr("Model"), "kind": self.tr("Kind"),
            "tag": self.tr("Tag"), "date": self.tr("Date"), "stop": self.tr("Ended by"),
            "is": self.tr("Kept or hidden"),
        }  # fmt: skip

    def _choices(self, field: str) -> Choices:
        known = self._known
        if field in ("speaker", "model", "tag"):
            names = {"speaker": known.speakers, "model": known.models, "tag": known.tags}[field]
            return [(name, name) for name in names[:MOST_NAMES]]
        if field == "kind":
            kinds = [each for each in Kind if each is not Kind.SCENE]
            return [(str(each), words.kind(each) or self.tr("speech")) for each in kinds]
        if field == "stop":
            return [(str(each), words.cut(each)) for each in Cut]
        if field == "is":
            return [
                ("kept", self.tr("kept")), ("hidden", self.tr("in the bin or hidden by tags")),
                ("any", self.tr("all")), ("interrupted", self.tr("interrupted")),
                ("typed", self.tr("typed")), ("generated", self.tr("made by a model")),
            ]  # fmt: skip
        return list(self._dates())

    def _dates(self) -> Iterable[tuple[str, str]]:
        today = date.fromisoformat(clock.today())
        week = today - timedelta(days=7)
        yield f"date:{today}", self.tr("today")
        yield f"after:{week}", self.tr("the last seven days")
        yield f"date:{today:%Y-%m}", self.tr("this month")
        yield f"date:{today:%Y}", self.tr("this year")
        yield f"before:{today:%Y}", self.tr("before this year")


class FindsPage(QWidget):
    """A list of lines.

    Signals:
        wanted: the line or the play to be gone to.
        begin: the field is to be emptied.
    """

    wanted = Signal(object)
    begin = Signal()

    def __init__(self, search: Search, parent: QWidget | None = None) -> None:
        """Show what a search finds."""
        super().__init__(parent)
        self._search = search
        self.rows = Hits(self)
        self.list = QListView(self)
        self.body = Either(self.list, self)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(HitRow(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Lines that were found"))
        theme.dress(self.list, "lane")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)
        self.list.clicked.connect(self._clicked)
        self.list.activated.connect(self._clicked)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.body.nothing.wanted.connect(self.begin)
        self.body.nothing.again.connect(search.again)
        search.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is found; while an answer is awaited, what was found before."""
        search = self._search
        if not search.busy:
            self.rows.show(search.plays, search.lines)
            if self.rows.rowCount() and not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.rows.index(0))
        if self.rows.rowCount():
            self.body.show_page()
        else:
            self._say()

    def go(self) -> None:
        """Go to the chosen row."""
        found = self.rows.row(self.list.currentIndex().row())
        if found is not None:
            self.wanted.emit(found)

    def _say(self) -> None:
        search = self._search
        if search.busy:
            self.body.say(self.tr("Searching ..."))
        elif search.failed:
            self.body.nothing.say_trouble(self.tr("The search did not work."), search.why)
            self.body.show_nothing()
        elif search.why:
            self.body.say(self.tr("Nothing can be looked for yet."), search.why)
        elif not search.wanted:
            below = self.tr('Words, "phrases in quotes", beginnings such as lamp*, and fields '
                            "such as speaker:Iris.")  # fmt: skip
            self.body.say(self.tr("Type what you look for."), below)
        else:
            below = self.tr("Try fewer words, the beginning of one with a star (lamp*), or take "
                            "a chip back to Any.")  # fmt: skip
            self.body.say(self.tr("No line fits."), below, self.tr("Empty the search"))

    def _clicked(self, index: QModelIndex) -> None:
        self.wanted.emit(index.data(HIT))

    def _scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if value >= bar.maximum() - bar.pageStep():
            self._search.go_on()
