"""The versions of a member's card: what each changed, and the way back to it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from stage.director.cards import changed, compared, give_out
from stage.director.records import Version
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.cast import Member
from stage.play.persona import Change, Persona
from stage.ui import words
from stage.ui.delegates.rows import BELOW, ID, TwoRows
from stage.ui.desk.choosing import file_name
from stage.ui.desk.telling import telling
from stage.ui.dress import fonts, theme
from stage.ui.lanes.verbatim import shown
from stage.ui.members.card import title_of
from stage.ui.members.casting import Casting
from stage.ui.members.differing import Marked, MarkedText, by_words
from stage.ui.models.listed import Index, Listed
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, label


class VersionsModel(Listed[Version]):
    """Versions, the newest first: number and hash above, what changed below."""

    def __init__(self, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self._played = ""
        self._fields: Mapping[str, Sequence[str]] = {}

    def show(
        self, versions: Sequence[Version], played: str, fields: Mapping[str, Sequence[str]]
    ) -> None:
        """Show these, given the oldest first.

        Args:
            played: the hash of the one played.
            fields: what each changed about the one it was made of, by hash, see `changed`.
        """
        self._played, self._fields = played, fields
        self.put(versions[::-1])
        self.told_anew()

    def parent_of(self, version: Version) -> Version | None:
        """The version it was made of."""
        return next((each for each in self.rows if each.hash == version.parent), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Number, name and hash; what changed and when."""
        version = self.at(index)
        if version is None:
            return None
        title = f"{len(self.rows) - index.row()} · {version.persona.name}"
        title += f" · {version.hash.removeprefix('b2:')[:8]}"
        if version.hash == self._played:
            title += self.tr(" · played here")
        day = datetime.fromtimestamp(version.made, UTC).strftime("%Y-%m-%d")
        below = f"{self._changed(version)} · {day}"
        said = {
            Qt.ItemDataRole.DisplayRole: title,
            Qt.ItemDataRole.AccessibleTextRole: f"{title}, {below}",
            ID: version.hash,
            BELOW: below,
        }
        return said.get(role)

    def _changed(self, version: Version) -> str:
        fields = self._fields.get(version.hash)
        if fields is None:
            return self.tr("as it came")
        return self.tr("changed: {0}").format("; ".join(map(title_of, fields)))


class Versions(QWidget):
    """A list of versions beside what the chosen one says otherwise."""

    def __init__(self, casting: Casting, parent: QWidget | None = None) -> None:
        """Show the versions of whoever is looked at."""
        super().__init__(parent)
        self._casting = casting
        self._asked = ""
        self._told: tuple[str, str] | None = None  # which versions are compared
        self.rows = VersionsModel(self)
        self.list = QListView(self)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(TwoRows(self))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Versions of the card, the newest first"))
        self.against = Choice(self.tr("Compared with"), self)
        self.against.addItem(self.tr("the version it was made of"), "parent")
        self.against.addItem(self.tr("the version played here"), "played")
        self.text = MarkedText(self.tr("What the version says otherwise"), self)
        self.revert = Button(self.tr("Play it from here on"), primary=True, parent=self)
        self.export = Button(self.tr("Export card ..."), parent=self)
        theme.dress(self.list, "list")
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._show)
        self.against.activated.connect(self._show)
        self.revert.clicked.connect(self._revert)
        self.export.clicked.connect(self._export)

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.list, 1)
        head = QHBoxLayout()
        small = fonts.interface(fonts.SMALL)
        head.addWidget(label(self.tr("Compared with"), font=small, role=MUTED))
        head.addWidget(self.against)
        head.addStretch(1)
        right.addLayout(head)
        right.addWidget(self.text, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.export)
        buttons.addWidget(self.revert)
        right.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 18, 10)
        row.setSpacing(14)
        row.addLayout(left, 2)
        row.addLayout(right, 3)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [self.list, self.against, self.text, self.export, self.revert]

    def refresh(self) -> None:
        """Ask for the versions of whoever is looked at."""
        member = self._casting.member
        if member is None:
            self._asked = ""
            self.rows.show((), "", {})
            self._show()
            return
        self._asked = member.id
        say = self._casting.desk.wishes.said.emit
        spawn(telling(self._fetch(member), say), name="versions of a card")

    async def _fetch(self, member: Member) -> None:
        found = await self._casting.desk.director.versions(member)
        if member.persona.version not in [each.hash for each in found]:
            found = [*found, Version(member.persona.version, None, 0.0, member.persona)]
        fields = await changed(found)
        if self._asked != member.id:
            return
        now = self.list.currentIndex().data(ID)
        self.rows.show(found, member.persona.version, fields)
        hashes = [str(self.rows.index(at).data(ID)) for at in range(self.rows.rowCount())]
        at = hashes.index(str(now)) if now in hashes else hashes.index(member.persona.version)
        if self.list.currentIndex() == self.rows.index(at):
            self._show()
        else:
            self.list.setCurrentIndex(self.rows.index(at))  # which shows it

    def _show(self, *_: object) -> None:
        version, member = self._chosen(), self._casting.member
        self._told = None
        for button in (self.revert, self.export):
            button.setEnabled(version is not None)
        if version is None or member is None:
            self.text.show_marked(Marked(""))
            return
        self.revert.setEnabled(version.hash != member.persona.version)
        self.revert.setToolTip("" if self.revert.isEnabled() else self.tr("It is played here."))
        other: Persona | None = member.persona
        if self.against.currentData() == "parent":
            parent = self.rows.parent_of(version)
            other = parent.persona if parent is not None else None
        if other is None:
            self.text.show_marked(Marked(self.tr("It was made of no other version.")))
            return
        self._told = other.version, version.hash
        say = self._casting.desk.wishes.said.emit
        spawn(telling(self._tell(other, version.persona), say), name="compare versions")

    async def _tell(self, old: Persona, new: Persona) -> None:
        """Say what one version says otherwise; a card may have very many entries."""
        wanted, found = self._told, await compared(old, new, _told)
        if wanted != self._told:
            return
        marked, left = found
        if not marked.text:
            marked = Marked(self.tr("Both say the same."))
        if left:
            said = self.tr("{0} of the lorebook are told otherwise, too.")
            said = said.format(words.count(left, "entry"))
            marked = replace(marked, text=f"{marked.text}\n\n{said}")
        self.text.show_marked(marked)

    def _chosen(self) -> Version | None:
        return self.rows.at(self.list.currentIndex())

    def _revert(self) -> None:
        version = self._chosen()
        if version is not None:
            self._casting.do("recast", persona=version.hash)

    def _export(self) -> None:
        version = self._chosen()
        if version is None:
            return
        names = self.tr("Picture with the card (*.png);;JSON (*.json)")
        name = file_name(version.persona.name, self.tr("card")) + ".png"
        title = self.tr("Export card")
        self._casting.desk.choosing.a_new_one(self, "cards", title, names, name, self.write)

    def write(self, file: str) -> None:
        """Write the chosen version as a card."""
        version = self._chosen()
        if version is not None:
            spawn(self._write(version.persona, Path(file)), name="export a card")

    async def _write(self, persona: Persona, file: Path) -> None:
        said = self._casting.desk.wishes.said
        try:
            await give_out(persona, file)
        except KnownError as error:
            said.emit(error.sentence)
            return
        said.emit(self.tr("The card is written: {0}.").format(file.name))


def _told(rows: Sequence[Change]) -> Marked:
    """What is told otherwise, word by word."""
    return by_words([(title_of(name), _words(old), _words(new)) for name, old, new in rows])


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "\n".join(value)
    return shown(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
