"""Where a lorebook that came in a file goes: into the play's own, or that of a member."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from PySide6.QtWidgets import QWidget

from stage.formats.lorebooks import Lorebook
from stage.play.cast import Member
from stage.ui import words
from stage.ui.dress.glyphs import colour_index
from stage.ui.dress.icons import disc_icon
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog, form
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, Elided, label

SHOWN = 400  # characters of what entries are called


class LoreInto(Dialog):
    """A choice of one book; accepted, `keys` are those of the operation `lore`."""

    def __init__(
        self, found: Lorebook, file: str, cast: Sequence[Member], parent: QWidget | None = None
    ) -> None:
        """Offer the play's own book, then those of members."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add a lorebook"))
        self.setMinimumWidth(460)
        self._found = found
        self.into = Choice(self.tr("Into the lorebook of"), self)
        self.into.addItem(self.tr("the play, for everybody"), None)
        for member in cast:
            self.into.addItem(disc_icon(colour_index(member)), member.label, member.label)
        entries = found.book["entries"]
        said = self.tr("{0} of {1}").format(words.count(len(entries), "entry"), found.name or file)
        self.column.addWidget(Elided(said, parent=self))
        names = ", ".join(islice(filter(None, map(_called, entries)), SHOWN))[:SHOWN]
        self.column.addWidget(Elided(names, role=MUTED, rows=2, parent=self))
        self.column.addLayout(form((self.into,)))
        if found.idle:
            idle = self.tr("Kept and not used: {0}.").format(", ".join(found.idle))
            self.column.addWidget(label(idle, role=MUTED, wrap=True))
        self.column.addStretch(1)
        add = Button(self.tr("Add"), primary=True, parent=self)
        add.clicked.connect(self.accept)
        self.add_foot(add)

    @property
    def keys(self) -> dict[str, Any]:
        """What the operation is to be given."""
        whose = self.into.currentData()
        return {"book": self._found.book, **({} if whose is None else {"member": whose})}


def _called(entry: dict[str, Any]) -> str:
    keys = entry.get("keys")
    first = keys[0] if isinstance(keys, list) and keys else ""
    return " ".join(str(entry.get("name") or entry.get("comment") or first).split())
