"""The library: its plays, a search over all their lines, the bin, the history."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from stage.director.events import Changes
from stage.director.librarian import Found
from stage.director.records import PlayRow
from stage.kit.tasks import spawn
from stage.ui.desk.desk import Desk
from stage.ui.desk.going import go_to_line, go_to_play
from stage.ui.dress import fonts, theme
from stage.ui.library.binned import BinPage
from stage.ui.library.bookshelf import Bookshelf
from stage.ui.library.bygone import PastPage
from stage.ui.library.catalogue import CataloguePage
from stage.ui.library.chorecard import ChoreCard
from stage.ui.library.finds import Chips, FindsPage
from stage.ui.library.keeper import Keeper
from stage.ui.library.seekfield import SeekField
from stage.ui.library.seeking import Search
from stage.ui.pacing.building import Building
from stage.ui.views.view import View
from stage.ui.widgets.begins import Begins, in_order, stops_in
from stage.ui.widgets.buttons import Button, Link, Segment
from stage.ui.widgets.labels import MUTED, Elided, label
from stage.ui.widgets.notice import Notice
from stage.ui.widgets.titlerow import title_font, title_row, together

PAGES = ("plays", "bin", "history")


class Library(Begins):
    """A title row, the search, what goes on, and one of the pages."""

    def __init__(self, desk: Desk, *, slowly: bool = False) -> None:
        """Show a desk's library; nothing is read before it is seen."""
        super().__init__()
        self._desk = desk
        self.building = Building(self._build(), slowly=slowly)

    def _build(self) -> Iterator[None]:
        desk = self._desk
        self.setObjectName("pane")
        theme.dress(self, "page")
        self.keeper = Keeper(desk, self)
        self.search = Search(desk.director, self)
        self.finds = FindsPage(self.search, self)
        yield
        self.plays = CataloguePage(self)
        yield
        self.bin = BinPage(self)
        yield
        self.past = PastPage(desk.settings.spoken_size, self)
        yield
        self.field = SeekField(self.tr("Search all lines of all plays"), self._rows, self)
        self.chips = Chips(self.search, self)
        self.notice = Notice(self.tr("Undo"), self)
        self.pages = QStackedWidget(self)
        self.segments = {name: Segment(title, title, self) for name, title in self._titles()}
        self._folder = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self._closed: QLabel = label(wrap=True, role=MUTED)
        self._cards: list[ChoreCard] = []
        self._links: list[Link] = []
        self.undoes = ""  # the play to which something was done that may be taken back
        self.shelf = Bookshelf(self, desk)
        self._lay_out()
        yield
        self._connect()
        self.beginning = self.field
        heading = [*self._links, *self.segments.values(), self.field, self.bring, self.new]
        parts = (self.notice, self.finds, self.plays, self.bin, self.past)
        read = [stop for part in parts for stop in stops_in(part)]
        in_order([*heading, *self.chips.chips.values(), *read], of=self)
        self.go("plays")

    def _titles(self) -> tuple[tuple[str, str], ...]:
        titles = self.tr("Plays"), self.tr("Bin"), self.tr("History")
        return tuple(zip(PAGES, titles, strict=True))

    def _lay_out(self) -> None:
        for page in (self.plays, self.bin, self.past, self.finds):
            self.pages.addWidget(page)
        self._above = QVBoxLayout()
        self._above.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self._searching())
        column.addWidget(self.notice)
        column.addLayout(self._above)
        column.addWidget(self.pages, 1)

    def _head(self) -> QWidget:
        head = QWidget(self)
        row = title_row(head)
        row.addWidget(label(self.tr("Library"), font=title_font()))
        row.addWidget(self._folder, 1)
        for name, said in (("backup", self.tr("Back up now")), ("check", self.tr("Check"))):
            link = Link(said, head)
            link.clicked.connect(partial(self._desk.wishes.action.emit, name))
            self._links.append(link)
            row.addWidget(link)
        row.addSpacing(6)
        for name, segment in self.segments.items():
            segment.clicked.connect(partial(self.go, name))
        row.addLayout(together(self.segments.values()))
        return head

    def _searching(self) -> QWidget:
        pane = QWidget(self)
        pane.setObjectName("pane")
        theme.dress(pane, "page-bottom")
        self.bring = Button(self.tr("Import"), parent=pane)
        self.new = Button(self.tr("New play"), parent=pane)
        row = QHBoxLayout()
        row.setSpacing(8)
        for each, stretch in ((self.field, 1), (self.bring, 0), (self.new, 0)):
            row.addWidget(each, stretch)
        column = QVBoxLayout(pane)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.chips)
        column.addWidget(self._closed)
        return pane

    def _connect(self) -> None:
        desk, wishes = self._desk, self._desk.wishes
        self.field.textChanged.connect(self.search.type)
        self.field.returnPressed.connect(self._entered)
        self.search.filled.connect(self._fill)
        self.search.changed.connect(self._searched)
        self.finds.wanted.connect(self._go_to)
        self.finds.begin.connect(self.field.clear)
        self.bring.clicked.connect(partial(wishes.action.emit, "import"))
        self.new.clicked.connect(partial(wishes.action.emit, "new"))
        self.plays.begin.connect(partial(wishes.action.emit, "new"))
        self.past.closed.connect(partial(self.go, "plays"))
        self.notice.acted.connect(self.undo)
        self.keeper.done.connect(self._done)
        self.keeper.failed.connect(self._failed)
        desk.chores.changed.connect(self._chores)
        desk.bridge.changed.connect(self._changed)
        desk.session.opened.connect(self._mark)
        self._chores()

    # going

    def go(self, page: str) -> None:
        """Go to one of PAGES."""
        if self.search.wanted:  # ending a search goes to the plays
            self.field.clear()
        for name, segment in self.segments.items():
            segment.setChecked(name == page)
        shown = {"plays": self.plays, "bin": self.bin, "history": self.past}[page]
        self.pages.setCurrentWidget(shown)
        self._stripe()
        self.refresh()

    @property
    def page(self) -> str:
        """The page one is at, "search" while a search is shown."""
        at = self.pages.currentWidget()
        if at is self.finds:
            return "search"
        return {self.plays: "plays", self.bin: "bin", self.past: "history"}[at]  # type: ignore[index]

    def refresh(self) -> None:
        """Read what the page shows, when it is seen."""
        if not self.isVisible():
            return
        if self.page == "search":
            self.search.again()
        else:
            self.shelf.read(self.page)

    def show_place(self, file: Path, *, closed: str) -> None:
        """Say where the library lies, and why nothing can be changed, "" when it can."""
        self._folder.set_text(str(file))
        self._closed.setText(closed)
        self._closed.setVisible(bool(closed))
        for button in (self.bring, self.new):
            button.setEnabled(not closed)
            button.setToolTip(closed)

    def _fill(self, words: str) -> None:
        self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _searched(self) -> None:
        if self.search.wanted and self.page != "search":
            self.shelf.read("fields")
            self.pages.setCurrentWidget(self.finds)
        elif not self.search.wanted and self.page == "search":
            self.go("plays")
        self._stripe()

    def _stripe(self) -> None:
        self.chips.setVisible(self.page in ("plays", "search"))

    def _rows(self) -> QAbstractItemView:
        """What the keys move in while the field has the keyboard."""
        lists = {"search": self.finds.list, "bin": self.bin.list, "history": self.past.list}
        return lists.get(self.page, self.plays.table)

    def _entered(self) -> None:
        if self.page == "search":
            self.finds.go()
        elif self.page == "plays" and (row := self.plays.chosen()) is not None:
            self._go_to(row)

    def _go_to(self, found: object) -> None:
        if isinstance(found, PlayRow):
            spawn(go_to_play(self._desk, found.id), name="go to play")
        elif isinstance(found, Found):
            spawn(go_to_line(self._desk, found.hit.play, found.hit.id), name="go to line")

    # what was done

    def _done(self, said: str, play: str) -> None:
        self.undoes = play
        self.notice.say(said, able=bool(play))

    def _failed(self, said: str) -> None:
        self._done(said, "")

    def undo(self) -> None:
        """Take back what was done here last, where the notice offers it."""
        self.notice.hide()
        play, self.undoes = self.undoes, ""
        if play:
            self.keeper.undo(play)

    def _changed(self, event: object) -> None:
        if getattr(event, "changes", Changes(0)) & (Changes.PLAYS | Changes.TREE):
            self.refresh()

    def _mark(self) -> None:
        play = self._desk.session.play
        self.plays.mark(play.id if play else "")

    def _chores(self) -> None:
        chores = self._desk.chores
        for card in [each for each in self._cards if each.chore not in chores.all]:
            self._cards.remove(card)
            self._above.removeWidget(card)
            card.hide()
            card.deleteLater()
        known = [card.chore for card in self._cards]
        for chore in reversed(chores.all):
            if chore not in known:
                card = ChoreCard(chores, chore, self, typed=self.field.text())
                card.opened.connect(self._open)
                self._cards.insert(0, card)
                self._above.insertWidget(0, card)

    def offer(self, play: str) -> None:
        """Let Enter open what was imported, unless somebody types here since."""
        for card in self._cards:
            if card.chore.play == play and self.isVisible():
                card.offer(self.field.text())

    def _open(self, play: str) -> None:
        spawn(go_to_play(self._desk, play), name="go to play")

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        """Once seen, read."""
        super().showEvent(event)
        self._mark()
        self.refresh()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was done is known by now."""
        super().hideEvent(event)
        self._done("", "")
        self.notice.hide()


ENTRY = View("library", Library, frozenset(), partial(Library, slowly=True))
