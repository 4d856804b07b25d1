"""A mask: a member plays somebody else from a line on, on top of whom it plays already."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from stage.play.cast import Member, fold
from stage.play.persona import Persona
from stage.ui.dress import theme
from stage.ui.dress.glyphs import colour_index
from stage.ui.dress.icons import disc_icon
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog, form
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, label
from stage.ui.widgets.paragraph import Paragraph
from stage.ui.widgets.typed import ROW


class Mask(Dialog):
    """Who plays whom; accepted, `keys` are those of the operation `layer_on`."""

    def __init__(self, cast: Sequence[Member], parent: QWidget | None = None) -> None:
        """Offer the members of a cast; personas are offered as they are found."""
        super().__init__(parent, spacing=10)
        self.setWindowTitle(self.tr("Put a mask on"))
        self.setMinimumWidth(480)
        self.member = Choice(self.tr("Who plays"), self)
        for member in cast:
            self.member.addItem(disc_icon(colour_index(member)), member.label, member.id)
        self._cast = tuple(cast)
        self.persona = Choice(self.tr("Whom"), self)
        self.name = QLineEdit(self, maxLength=ROW)
        self.name.setAccessibleName(self.tr("Under the name"))
        theme.dress(self.name, "field")
        self.direction = Paragraph(self.tr("What only it is told"), self)
        about = self.tr("From the line on that the lane stands on. A mask can be taken off again.")
        self.put = Button(self.tr("Put it on"), primary=True, parent=self)
        self.put.setEnabled(False)
        self.column.addWidget(label(about, role=MUTED, wrap=True))
        self.column.addLayout(form((self.member, self.persona, self.name, self.direction)))
        self.column.addStretch(1)
        self._why = label(role=MUTED, wrap=True)
        self.column.addWidget(self._why)
        self.add_foot(self.put)
        self.put.clicked.connect(self.accept)
        self.persona.activated.connect(self._named)
        self.member.activated.connect(self._named)
        self.name.textChanged.connect(self._named)

    def choose(self, member: str) -> None:
        """Let a member be who plays, by id."""
        self.member.setCurrentIndex(max(0, self.member.findData(member)))

    def offer(self, found: Mapping[str, Persona]) -> None:
        """Offer personas by the names that find them, those whose name is free first."""
        for name, persona in sorted(found.items(), key=lambda each: self._called(each[1].name)):
            self.persona.addItem(persona.name, name)
        self._named()

    @property
    def keys(self) -> dict[str, Any]:
        """What the operation is to be given."""
        name, told = self.name.text().strip(), self.direction.toPlainText().strip()
        return {
            "member": self.member.currentText(), "persona": self.persona.currentData(),
            **({"label": name} if name else {}), "direction": told,
        }  # fmt: skip

    def _called(self, name: str, *, but: str = "") -> bool:
        """Whether somebody of the cast is called so, apart from a member of an id."""
        return any(
            fold(layer.label) == fold(name)
            for member in self._cast
            if member.id != but
            for layer in member.stack
        )

    def _named(self, *_: object) -> None:
        self.name.setPlaceholderText(self.persona.currentText())
        name = self.name.text().strip() or self.persona.currentText()
        taken = self._called(name, but=self.member.currentData())
        said = self.tr("Somebody of the cast is called {0}; choose another name.").format(name)
        self._why.setText(said if taken else "")
        self._why.setVisible(taken)
        self.put.setEnabled(self.persona.count() > 0 and not taken)
        self.put.setToolTip(self._why.text())
