"""A branch once more with one thing changed for one member: which member, what, to what."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from stage.director.records import Version
from stage.director.rerunning import THINGS
from stage.play.cast import Member
from stage.play.prompting import FRAMES, OWN
from stage.play.sampling import PRESETS
from stage.ui import words
from stage.ui.dress import theme
from stage.ui.dress.glyphs import colour_index
from stage.ui.dress.icons import disc_icon
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog, form
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, label


class RerunDialog(Dialog):
    """Asks for the one change.

    Attributes:
        asked: (label of the member, thing, value), empty until the dialog was accepted.
    """

    def __init__(
        self,
        spoken: Sequence[Member],
        models: Mapping[str, str],
        versions: Mapping[str, Sequence[Version]],
        parent: QWidget | None = None,
    ) -> None:
        """Offer members whose models spoke, models with titles, versions of cards by member id."""
        super().__init__(parent)
        self.asked: tuple[str, ...] = ()
        self._versions, self._models = versions, models
        self._labels = {each.id: each.label for each in spoken}
        self._played = {each.id: each.actor.model for each in spoken}
        self.setWindowTitle(self.tr("Perform the branch again"))
        self.setMinimumWidth(480)
        self.member = Choice(self.tr("Member"), self)
        self.thing = Choice(self.tr("What changes"), self)
        self.value = Choice(self.tr("To"), self)
        self.seed = QLineEdit(self)
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setPlaceholderText("42")
        theme.dress(self.seed, "field")
        for member in spoken:
            self.member.addItem(disc_icon(colour_index(member)), member.label, member.id)
        for thing in THINGS:
            self.thing.addItem(words.tr("rerun", _THINGS[thing]), thing)
        self._lay_out()
        self.thing.activated.connect(self._fill)
        self.member.activated.connect(self._fill)
        self._fill()

    def _lay_out(self) -> None:
        about = label(
            self.tr(
                "What this member's model said is said anew with the one change; all other lines "
                "are taken from the record. The result is a new branch, one step to undo."
            ),
            role=MUTED, wrap=True,
        )  # fmt: skip
        fields = form((self.member, self.thing, self.value))
        fields.addWidget(self.seed, 2, 1)
        apply = Button(self.tr("Perform again"), primary=True, parent=self)
        apply.clicked.connect(self.apply)
        self.column.addWidget(about)
        self.column.addLayout(fields)
        self.add_foot(apply)

    def apply(self) -> None:
        """Accept, with what was chosen."""
        thing, member = str(self.thing.currentData()), str(self.member.currentData())
        value = self.seed.text().strip() if thing == "seed" else self.value.currentData()
        if value and member in self._labels:
            self.asked = (self._labels[member], thing, str(value))
            self.accept()

    def _fill(self) -> None:
        thing, member = str(self.thing.currentData()), str(self.member.currentData())
        self.value.clear()
        self.seed.setVisible(thing == "seed")
        self.value.setVisible(thing != "seed")
        known: Mapping[str, Sequence[tuple[str, str]]] = {
            "model": [(title, name) for name, title in self._models.items()],
            "frame": [(words.frame(each), each) for each in (OWN, *FRAMES.names)],
            "sampler": [(each, each) for each in PRESETS],
            "persona": [
                (f"{at}  {each.persona.name} \u00b7 {each.hash.removeprefix('b2:')[:8]}", each.hash)
                for at, each in enumerate(self._versions.get(member, ()), 1)
            ],
        }
        for title, value in known.get(thing, ()):
            self.value.addItem(title, value)
        if thing == "model":  # another one than it has: that would change nothing
            others = (at for at, name in enumerate(self._models) if name != self._played[member])
            self.value.setCurrentIndex(next(others, 0))


_THINGS = {
    "model": "Model",
    "frame": "Form of its prompts",
    "sampler": "Sampler",
    "seed": "Seed",
    "persona": "Version of its card",
}
