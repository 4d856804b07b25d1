"""The cast of the play on stage; choosing a member lets it speak next."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.play.cast import Member
from stage.play.sampling import preset_of
from stage.ui import words
from stage.ui.delegates.rows import ASIDE, AWAY, BELOW, COLOUR, ID, TwoRows
from stage.ui.desk.desk import Desk
from stage.ui.dress.glyphs import NAMES, colour_index
from stage.ui.members.asked import ask_of
from stage.ui.models.listed import Index, Listed
from stage.ui.panels.panel import Panel
from stage.ui.widgets.labels import MUTED, label
from stage.ui.widgets.rowlist import RowList


class CastModel(Listed[Member]):
    """Members: label above; model and frame, or "you type", below."""

    def __init__(
        self, desk: Desk, parent: QWidget, cast: Callable[[], tuple[Member, ...]] | None = None
    ) -> None:
        """Show the cast of whatever play is looked at.

        Args:
            cast: gives it as of another line than the current lane's last; then samplers are
                told, too, and who is off stage.
        """
        super().__init__(parent)
        self._desk = desk
        self._cast, self._fully = cast or self._of_session, cast is not None
        if not self._fully:
            desk.session.opened.connect(self.refresh)
            desk.session.moved.connect(self.follow)
            desk.bridge.changed.connect(self.follow)
        self.refresh()

    def refresh(self) -> None:
        """Read the cast again."""
        self._there = self._present()
        self.put(self._cast())
        self.told_anew()

    def follow(self, *_: object) -> None:
        """Read it again where it is another one, or may be told otherwise."""
        if self._fully or self.rows != self._cast() or self._there != self._present():
            self.refresh()

    def _of_session(self) -> tuple[Member, ...]:
        return self._desk.session.cast

    def _present(self) -> frozenset[str] | None:
        """Who is on stage at the line whose cast it is, None where there is no line."""
        session = self._desk.session
        line = session.chosen_line() if self._fully else session.leaf()
        return session.play.present(line.id) if session.play and line else None

    def _away(self, member: Member) -> bool:
        return self._there is not None and member.id not in self._there

    def _aside(self, member: Member) -> str:
        """Who is not there, or takes no turns."""
        if self._there is None:
            return ""
        if self._away(member):
            return self.tr("off stage")
        if member.spectator:
            return self.tr("looks on")
        return self.tr("muted") if member.muted else ""

    def _below(self, member: Member) -> str:
        """Whose mask it is, nearest first, and who plays it."""
        under = ", ".join(layer.label for layer in reversed(member.beneath))
        mask = self.tr("mask of {0}").format(under) if under else ""
        return " · ".join(each for each in (self._played(member), mask) if each)

    def _played(self, member: Member) -> str:
        play = self._desk.session.play
        if member.human or play is None or member.actor.model is None:
            return self.tr("script") if member.scripted and self._fully else self.tr("human")
        frame, sampler = member.actor.frame, member.actor.sampler
        told = [play.title_of(member.actor.model), words.frame(frame) if frame else ""]
        if self._fully and sampler is not None and not sampler.usual:
            told.insert(1, preset_of(sampler) or self.tr("own sampler"))
        return " · ".join(each for each in told if each)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Label, id, colour, and what stands below."""
        member, told = self.at(index), _TOLD.get(role)
        return told(self, member) if member is not None and told is not None else None

    def _aloud(self, member: Member) -> str:
        said = member.label, self._below(member), NAMES[colour_index(member)], self._aside(member)
        return ", ".join(filter(None, said))


_TOLD: dict[int, Callable[[CastModel, Member], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda _, member: member.label,
    Qt.ItemDataRole.AccessibleTextRole: CastModel._aloud,
    ID: lambda _, member: member.id,
    BELOW: CastModel._below,
    COLOUR: lambda _, member: colour_index(member),
    ASIDE: CastModel._aside,
    AWAY: CastModel._away,
}


class CastPanel(QWidget):
    """A list of members."""

    def __init__(self, desk: Desk) -> None:
        """List the cast of the session's play."""
        super().__init__()
        self._desk = desk
        name = self.tr("Cast; Enter lets a member speak next")
        self._list = RowList(name, CastModel(desk, self), TwoRows(self, discs=True), self)
        self._list.setSelectionMode(RowList.SelectionMode.NoSelection)
        self._list.clicked.connect(self._picked)
        self._list.activated.connect(self._picked)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        self._none = label(self.tr("Nobody is cast while no play is open."), role=MUTED, wrap=True)
        self._none.setContentsMargins(16, 0, 16, 0)
        column.addWidget(self._none)
        desk.session.opened.connect(self._opened)
        self._opened()

    def _opened(self) -> None:
        self._none.setVisible(self._desk.session.play is None)

    def _ask(self, at: QPoint) -> None:
        found = self._list.indexAt(at)
        index = found if found.isValid() else self._list.currentIndex()
        where = self._list.viewport().mapToGlobal(at)
        ask_of(self._desk, str(index.data(ID)), where, self)

    def _picked(self, index: Index) -> None:
        member = str(index.data(ID))
        if self._desk.session.picked != member:
            self._desk.session.pick(member)


ENTRY = Panel("cast", "Cast", "left", CastPanel)
