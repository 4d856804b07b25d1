"""The card of a member: every text of it, edited as a new version from a line on."""

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from stage.kit.tasks import spawn
from stage.play.lore import entries_of
from stage.play.persona import BOOK, Persona, editable
from stage.ui import words
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.lore import LoreEditor
from stage.ui.dress import fonts, theme
from stage.ui.members.casting import Casting
from stage.ui.pacing.building import Building
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, Elided, label
from stage.ui.widgets.paragraph import Paragraph
from stage.ui.widgets.portrait import Portrait
from stage.ui.widgets.scrolled import Scrolled
from stage.ui.widgets.typed import ROW

ROWS = {  # fields of one row
    "name": "Name",
    "nickname": "What its own texts call it",
    "aliases": "Other names, with commas",
    "tags": "Tags, with commas",
    "talkativeness": "How readily it speaks, 0 to 1",
}
PAGES = {  # fields of several rows
    "public": "What everybody may know",
    "description": "Description, private",
    "personality": "Personality, private",
    "scenario": "Scenario, private",
    "secret": "Secrets, a row of --- between two",
    "first_mes": "Greeting",
    "alternate_greetings": "Other greetings, a row of --- between two",
    "group_only_greetings": "Greetings for a group, a row of --- between two",
    "mes_example": "Examples of how it speaks, each after <START>",
    "system_prompt": "Before all else it is told",
    "post_history_instructions": "Last of all it is told",
    "creator_notes": "Notes of its author, never in a prompt",
    "depth_prompt": "Author's note at depth, told at every turn",
}
NOTE = {  # of the author's note, a row each
    "depth_prompt_depth": "Its depth: lines after it, else 4",
    "depth_prompt_role": "Told as system, user or assistant",
}
TITLES = {**ROWS, **PAGES, **NOTE}
ABOVE = 7  # pixels over a field's name, which stands beside the first row in it
FIELDS = (*TITLES, BOOK)
NOTHING: dict[str, Any] = {**dict.fromkeys(FIELDS, ""), BOOK: {}}  # where there is no card
FACE = 112  # pixels of the picture
AT_ONCE = 3  # fields


def title_of(field: str) -> str:
    """What a field of a card is called, by its key or that of an entry: "character_book: Fog"."""
    key, colon, entry = field.removeprefix("extensions.").partition(": ")
    title = {**TITLES, BOOK: "Lorebook"}.get(key)
    return words.tr("card", title).partition(",")[0] + colon + entry if title else field


class CardEditor(QWidget):
    """All texts of a card; what is typed stays with the version it was typed for."""

    def __init__(
        self, casting: Casting, parent: QWidget | None = None, *, slowly: bool = False
    ) -> None:
        """Show the card of whoever is looked at."""
        super().__init__(parent)
        self._casting = casting
        self._of = ("", "")
        self._filling = False
        self._drafts: dict[tuple[str, str], dict[str, Any]] = {}
        self.fields: dict[str, QLineEdit | Paragraph] = {}
        self._book: Mapping[str, Any] = {}
        self.face = Portrait(FACE, self)
        self._filled: dict[str, tuple[str, str]] = {}  # what rows took, and of which text
        self._known: tuple[Persona | None, dict[str, Any]] = None, dict(NOTHING)
        self.lore = Button(self.tr("Edit the lorebook ..."), parent=self)
        self._entries = label(role=MUTED)
        self.keep = Button(self.tr("Keep as a new version"), primary=True, parent=self)
        self.back = Button(self.tr("Put back"), parent=self)
        self._state = Elided(role=MUTED, font=fonts.interface(fonts.SMALL), parent=self)
        self.keep.clicked.connect(self.apply)
        self.back.clicked.connect(self._put_back)
        self.lore.clicked.connect(self._ask_lore)
        self.building = Building(self._lay_out(), slowly=slowly)

    def _lay_out(self) -> Iterator[None]:
        grid = QGridLayout()
        grid.setContentsMargins(18, 14, 14, 14)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        whole = Scrolled(grid, self)
        grid.addWidget(self.face, 0, 1)
        for at, (field, title) in enumerate(TITLES.items(), 1):
            said = words.tr("card", title)
            name = label(said, font=fonts.interface(fonts.SMALL), role=MUTED, wrap=True)
            name.setFixedWidth(26 * name.fontMetrics().averageCharWidth())
            name.setContentsMargins(0, ABOVE, 0, 0)
            made = self._page(said) if field in PAGES else self._row(said)
            self.fields[field] = made
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(made, at, 1)
            if at % AT_ONCE == 0:
                yield
        inner = QHBoxLayout()
        inner.setSpacing(8)
        inner.addWidget(self.lore)
        inner.addWidget(self._entries, 1)
        small = fonts.interface(fonts.SMALL)
        grid.addWidget(label(self.tr("Lorebook"), font=small, role=MUTED), len(self.fields) + 1, 0)
        grid.addLayout(inner, len(self.fields) + 1, 1)
        grid.setRowStretch(len(self.fields) + 2, 1)
        below = QHBoxLayout()
        below.setContentsMargins(18, 8, 18, 10)
        below.setSpacing(8)
        below.addWidget(self._state, 1)
        below.addWidget(self.back)
        below.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(whole, 1)
        column.addLayout(below)

    def _row(self, name: str) -> QLineEdit:
        made = QLineEdit(self, maxLength=ROW)
        made.setAccessibleName(name)
        theme.dress(made, "field")
        made.textChanged.connect(self._typed)
        return made

    def _page(self, name: str) -> Paragraph:
        made = Paragraph(name, self)
        made.textChanged.connect(self._typed)
        return made

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*self.fields.values(), self.lore, self.back, self.keep]

    # what is shown

    def refresh(self) -> None:
        """Show the card as it is at the line, with what was typed for it."""
        member = self._casting.member
        of = (member.id, member.persona.version) if member is not None else ("", "")
        if of != self._of:
            self._of = of
            self.face.show_of(member.persona if member is not None else None)
            self._fill({**self._stored(), **self._drafts.get(of, {})})
        self._say()

    def texts(self) -> dict[str, Any]:
        """Every field as it reads now, and the lorebook."""
        found = {
            name: self._row_of(name, field) if isinstance(field, QLineEdit) else field.toPlainText()
            for name, field in self.fields.items()
        }
        return {**found, BOOK: self._book}

    def changed(self) -> dict[str, Any]:
        """The fields that read otherwise than the card."""
        stored = self._stored()
        return {name: text for name, text in self.texts().items() if text != stored[name]}

    def _stored(self) -> dict[str, Any]:
        member = self._casting.member
        if member is not None and member.persona is not self._known[0]:
            self._known = member.persona, {n: editable(member.persona, n) for n in FIELDS}
        return self._known[1] if member is not None else NOTHING

    def _fill(self, texts: dict[str, Any]) -> None:
        self._filling = True
        for name, field in self.fields.items():
            if isinstance(field, QLineEdit):
                field.setText(texts[name])
                field.setCursorPosition(0)
                self._filled[name] = field.text(), texts[name]
            else:
                field.setPlainText(texts[name])
        self._put_book(texts[BOOK])
        self._filling = False

    def _row_of(self, name: str, field: QLineEdit) -> str:
        """What a field of one row says: what it was filled with, though it may not show all."""
        text, (taken, whole) = field.text(), self._filled.get(name, ("", ""))
        return whole if text == taken else text

    def _put_book(self, book: Mapping[str, Any]) -> None:
        self._book = book
        entries = entries_of(book)
        many = words.count(entries, "entry") if entries else self.tr("no entries")
        self._entries.setText(many)

    def _say(self) -> None:
        line, changed = self._casting.line, self.changed()
        self.setEnabled(line is not None)
        self.keep.setEnabled(bool(changed))
        self.back.setEnabled(bool(changed))
        said = self.tr("An edit counts from the chosen line on; what was said keeps its version.")
        if changed:
            said = self.tr("Changed: {0}.").format("; ".join(map(title_of, changed)))
        self._state.set_text(said)

    # what is done

    def apply(self) -> None:
        """Keep what was changed as a new version, from the line on."""
        changed = self.changed()
        if changed:
            self._casting.do("edit_persona", fields=changed)

    def _typed(self) -> None:
        if not self._filling:
            self._drafts[self._of] = self.changed()
            self._say()

    def _put_back(self) -> None:
        self._drafts.pop(self._of, None)
        self._fill(self._stored())
        self._say()

    def _ask_lore(self) -> None:
        spawn(self._ask(LoreEditor(self._book, self.window())), name="lorebook")

    async def _ask(self, editor: LoreEditor) -> None:
        if await ask(editor) == QDialog.DialogCode.Accepted.value:
            self._put_book(editor.book())
            self._typed()
