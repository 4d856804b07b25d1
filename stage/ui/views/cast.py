"""The cast of a play: who plays whom, with which card, and what each of them receives."""

from collections.abc import Coroutine, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import (
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from stage.director.cards import known, take_in
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.cast import Member, fold
from stage.ui.delegates.rows import ID, TwoRows
from stage.ui.desk.desk import Desk
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.new_persona import NewPersona
from stage.ui.dress import fonts, theme
from stage.ui.lanes.verbatim import excerpt
from stage.ui.members.card import CardEditor
from stage.ui.members.casting import Casting
from stage.ui.members.playing import Playing
from stage.ui.members.receives import Receives
from stage.ui.members.versions import Versions
from stage.ui.pacing.building import Building
from stage.ui.panels.cast import CastModel
from stage.ui.views.view import View
from stage.ui.widgets.adding import Adding
from stage.ui.widgets.begins import Begins, in_order
from stage.ui.widgets.buttons import Button, Segment
from stage.ui.widgets.labels import MUTED, Elided
from stage.ui.widgets.nothing import Either
from stage.ui.widgets.split import Split
from stage.ui.widgets.titlerow import title_row, together

LARGE = 2 << 20  # bytes of a card file
WORDS = 60  # characters of the line that is told


class CastView(Begins):
    """Members at the left; the one looked at from four sides at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, slowly: bool = False) -> None:
        """Look at the first member."""
        super().__init__(parent)
        self._desk = desk
        self.building = Building(self._build(), slowly=slowly)

    def _build(self) -> Iterator[None]:
        self.casting = Casting(self._desk, self)
        self.rows = CastModel(self._desk, self, self._members)
        self.list = QListView(self)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(TwoRows(self, discs=True))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Members of the cast"))
        theme.dress(self.list, "list")
        self.add = Adding(self)
        self.write = Button(self.tr("New persona ..."), parent=self)
        self.take = Button(self.tr("Import a card ..."), parent=self)
        self.take.setToolTip(self.tr("PNG, JSON or CHARX; a card may also be dropped here."))
        self._name = Elided(font=fonts.interface(fonts.TITLE, QFont.Weight.Bold), parent=self)
        self._where = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self.card = CardEditor(self.casting, self, slowly=True)
        while self.card.building.go_on():
            yield
        self.playing = Playing(self.casting, self)
        yield
        self.versions = Versions(self.casting, self)
        yield
        self.receives = Receives(self.casting, self)
        yield
        self._parts: tuple[CardEditor | Versions | Playing | Receives, ...] = (
            self.card, self.versions, self.playing, self.receives,
        )  # fmt: skip
        self._stack = QStackedWidget(self)
        self.sides: list[Segment] = []
        self._whole = Split(Qt.Orientation.Horizontal, self)
        self.body = Either(self._whole, self)
        yield from self._lay_out()
        yield
        stops = [self.list, self.add, self.write, self.take, *self.sides]
        stops += [stop for part in self._parts for stop in part.stops()]
        in_order(stops)
        self.beginning = self.list
        self._connect()

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._picked)
        self.take.clicked.connect(self.choose_card)
        self.body.nothing.wanted.connect(self.choose_card)
        self.write.clicked.connect(self._write)
        self.add.activated.connect(self._add)
        self.casting.changed.connect(self.refresh)

    def _members(self) -> tuple[Member, ...]:
        return self.casting.cast

    def _head(self) -> QWidget:
        """Who is looked at, as of which line, and the four sides."""
        titles = (self.tr("Card"), self.tr("Versions"), self.tr("Played by"), self.tr("Prompt"))
        for at, (part, title) in enumerate(zip(self._parts, titles, strict=True)):
            self._stack.addWidget(part)
            segment = Segment(title, title, self)
            segment.setProperty("at", at)
            segment.clicked.connect(self._switched)
            self.sides.append(segment)
        self.sides[0].setChecked(True)
        head = QWidget(self)
        row = title_row(head)
        row.addWidget(self._name)
        row.addWidget(self._where, 1)
        row.addLayout(together(self.sides))
        return head

    def _lay_out(self) -> Iterator[None]:
        head = self._head()
        yield
        left, right = QWidget(self), QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, 12)
        column.addWidget(self.list, 1)
        below = QVBoxLayout()
        below.setContentsMargins(16, 8, 16, 0)
        for each in (self.add, self.write, self.take):
            below.addWidget(each)
        column.addLayout(below)
        other = QVBoxLayout(right)
        other.setContentsMargins(0, 0, 0, 0)
        other.setSpacing(0)
        other.addWidget(head)
        other.addWidget(self._stack, 1)
        self._whole.setHandleWidth(1)
        self._whole.setChildrenCollapsible(False)
        self._whole.addWidget(left)
        self._whole.addWidget(right)
        self._whole.setStretchFactor(1, 1)
        self._whole.setSizes([250, 10_000])
        both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.body)

    # what is shown

    def refresh(self) -> None:
        """Show the member and the line again; while hidden, nothing is done."""
        if not self.isVisible():
            return
        member, line = self.casting.member, self.casting.line
        play = self._desk.session.play
        self.rows.follow()
        at = next((n for n, each in enumerate(self.casting.cast) if each == member), -1)
        if at != self.list.currentIndex().row():
            self.list.setCurrentIndex(self.rows.index(at))
        self._show_state()
        self._name.set_text(member.label if member is not None else "")
        self._where.set_text("")
        if play is not None and line is not None:
            number = len(play.path(line.id))
            said = excerpt(line.text, WORDS)
            who = play.cast(line.id).label_of(line)
            where = self.tr("as of line {0}, {1}: {2}").format(number, who, said)
            self._where.set_text(where if who else self.tr("as the scene begins"))
        self._parts[self._stack.currentIndex()].refresh()

    def _show_state(self) -> None:
        if self.casting.member is not None:
            self.body.show_page()
            return
        below = self.tr("A card can be kept for the plays to come.")
        said = self.tr("Nobody is cast while no play is open.")
        self.body.say(said, below, self.tr("Import a card ..."))

    def look_at(self, member: str) -> None:
        """Look at the card of a member."""
        self.casting.choose(member)
        self.show_side(0)

    def show_side(self, at: int) -> None:
        """Look at the card (0), its versions, who plays it, or the prompt (3)."""
        for number, segment in enumerate(self.sides):
            segment.setChecked(number == at)
        self._stack.setCurrentIndex(at)
        self.refresh()

    def _switched(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.show_side(int(sender.property("at")))

    def _picked(self, index: QModelIndex) -> None:
        member = index.data(ID)
        if member:
            self.casting.choose(str(member))

    # whoever joins

    async def _stock(self) -> None:
        """Offer every persona there is, but those who take part."""
        found = await known()
        there = {fold(each.label) for each in self.casting.cast}
        self.add.offer({name: each for name, each in found.items()
                        if fold(each.name) not in there})  # fmt: skip

    def _add(self, at: int) -> None:
        name, label = str(self.add.itemData(at)), self.add.itemText(at)
        spawn(self._told(self._join(name, label)), name="add to the cast")

    def _write(self) -> None:
        spawn(self._ask_persona(), name="new persona")

    async def _ask_persona(self) -> None:
        dialog = NewPersona(self.window())
        await ask(dialog)
        if dialog.made is not None:
            name, made = dialog.made
            await self._told(self._join(name, made.name))

    async def _told(self, joining: Coroutine[Any, Any, str]) -> None:
        said = self._desk.wishes.said
        try:
            joined = await joining
        except KnownError as error:
            said.emit(error.sentence)
            return
        if joined:
            said.emit(self.tr("{0} Ctrl+Z takes it back.").format(joined))
        await self._stock()

    # cards from files

    def choose_card(self) -> None:
        """Ask for a card file, and bring it in."""
        names = self.tr("Character cards (*.png *.json *.charx);;All files (*)")
        title = self.tr("Import a card")
        self._desk.choosing.some(self, "cards", title, names, self._chosen)

    def _chosen(self, cards: list[str]) -> None:
        spawn(self.bring(cards), name="import a card")

    async def bring(self, cards: list[str]) -> None:
        """Bring card files in; in a play each takes part, or is a new version of who it names.

        What is wrong with one is told at the end; the others come in all the same.
        """
        said, wrong = self._desk.wishes.said, list[str]()
        for file in cards:
            if _large(file):
                said.emit(self.tr("Reading {0} ...").format(Path(file).name))
            try:
                name, card = await take_in(Path(file))
                joined = await self._join(name, card.persona.name)
            except KnownError as error:
                wrong.append(error.sentence)
                continue
            kept = self.tr("The card is kept as {0}.").format(name)
            told = [self.tr("{0} Ctrl+Z takes it back.").format(joined) if joined else kept]
            if card.unknown:
                idle = self.tr("Kept and not used: {0}.")
                told.append(idle.format(", ".join(card.unknown)))
            said.emit(" ".join(told))
        if wrong:
            said.emit(" ".join(wrong))
        await self._stock()

    async def _join(self, name: str, label: str) -> str:
        """Let a card take part from the line on; the words of what was done."""
        session, line = self._desk.session, self.casting.line
        if session.play is None or line is None:
            return ""
        there = next((each for each in self.casting.cast if fold(each.label) == fold(label)), None)
        given = {"line": line.id, "member": there.label if there else label, "persona": name}
        operation = "recast" if there else "enter"
        done = await self._desk.director.do(session.play.id, operation, given)
        self.casting.follow(done)
        member = next((each for each in self.casting.cast if fold(each.label) == fold(label)), None)
        if member is not None:
            self.casting.choose(member.id)
        return f"{done.words[:1].upper()}{done.words[1:]}."

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        """Once seen, show what is there now."""
        super().showEvent(event)
        self.refresh()
        spawn(self._stock(), name="who may join")


def _large(file: str) -> bool:
    """Whether reading a card may take so long that somebody wonders."""
    with suppress(OSError):
        return Path(file).stat().st_size > LARGE
    return False


ENTRY = View("cast", CastView, frozenset(), partial(CastView, slowly=True))
