"""Who plays a member of the cast from here on: actor, frame, sampler, card, on stage or not."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from stage.director.records import Version
from stage.play.cast import Member
from stage.play.prompting import FRAMES, OWN
from stage.play.sampling import PRESETS
from stage.ui import hints, words
from stage.ui.dress.glyphs import colour_index
from stage.ui.dress.icons import disc_icon
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog, form
from stage.ui.widgets.fields import Check, Choice

HUMAN = "\0human"


class Recast(Dialog):
    """Choices for one member; what is left as it is changes nothing.

    Attributes:
        asked: operations with their keys, empty until the dialog was accepted.
    """

    def __init__(
        self,
        cast: Sequence[Member],
        models: Mapping[str, str],
        there: Collection[str],
        versions: Mapping[str, Sequence[Version]],
        parent: QWidget | None = None,
    ) -> None:
        """Offer members, models with their titles, and versions of cards by member id."""
        super().__init__(parent, spacing=10)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self._cast = {each.id: each for each in cast}
        self._there, self._versions = there, versions
        self._files: dict[str, str] = {}  # of models that the play does not have yet, by name
        self.member = Choice(self.tr("Member"), self)
        self.actor = Choice(self.tr("Played by"), self)
        self.frame = Choice(self.tr("Form of its prompts"), self)
        self.sampler = Choice(self.tr("Sampler"), self)
        self.card = Choice(self.tr("Version of its card"), self)
        self.muted = Check(self.tr("Takes no turns of its own"), self)
        self.on_stage = Check(self.tr("On stage"), self)
        self._fill(models)
        self._lay_out()
        self.member.activated.connect(self._show)
        self._show()

    def choose(self, member: str) -> None:
        """Look at a member by id."""
        self.member.setCurrentIndex(max(0, self.member.findData(member)))
        self._show()

    def offer(self, files: Mapping[str, str]) -> None:
        """Offer models that are new in the play, by name; those offered already stay."""
        for name in files.keys() - self._files.keys():
            self.actor.addItem(self.tr("{0}, new in this play").format(name), name)
        self._files |= files

    def apply(self) -> None:
        """Accept, with the operations that were chosen."""
        member = self._cast[str(self.member.currentData())]
        self.asked = operations(
            member,
            {
                "actor": self.actor.currentData(),
                "frame": self.frame.currentData(),
                "sampler": self.sampler.currentData(),
                "persona": self.card.currentData(),
            },
            self._files,
        )
        if self.muted.isChecked() != member.muted:
            self.asked.append(("mute", {"member": member.label, "off": member.muted}))
        if self.on_stage.isChecked() != (member.id in self._there):
            name = "enter" if self.on_stage.isChecked() else "exit"
            self.asked.append((name, {"member": member.label}))
        self.accept()

    def _fill(self, models: Mapping[str, str]) -> None:
        self.setWindowTitle(self.tr("Recast"))
        self.setMinimumWidth(460)
        for member in self._cast.values():
            self.member.addItem(disc_icon(colour_index(member)), member.label, member.id)
        for name, title in models.items():
            self.actor.addItem(title, name)
        self.actor.addItem(self.tr("you type"), HUMAN)
        self.sampler.addItem(self.tr("as it is"), None)
        for frame in (OWN, *FRAMES.names):
            self.frame.addItem(words.frame(frame), frame)
        hints.explain(self.frame, hints.FRAMES)
        for preset in PRESETS:
            self.sampler.addItem(preset, preset)

    def _lay_out(self) -> None:
        apply = Button(self.tr("From here on"), primary=True, parent=self)
        apply.clicked.connect(self.apply)
        choices = (self.member, self.actor, self.frame, self.sampler, self.card)
        self.column.addLayout(form(choices))
        self.column.addWidget(self.on_stage)
        self.column.addWidget(self.muted)
        self.column.addStretch(1)
        self.add_foot(apply)

    def _show(self) -> None:
        member = self._cast.get(str(self.member.currentData()))
        if member is None:
            return
        played = HUMAN if member.human else member.actor.model
        self.actor.setCurrentIndex(max(0, self.actor.findData(played)))
        self.frame.setCurrentIndex(max(0, self.frame.findData(member.actor.frame or OWN)))
        self.sampler.setCurrentIndex(0)
        self.muted.setChecked(member.muted)
        self.on_stage.setChecked(member.id in self._there)
        self.card.clear()
        for number, each in enumerate(self._versions.get(member.id, ()), 1):
            short = each.hash.removeprefix("b2:")[:8]
            self.card.addItem(f"{number}  {each.persona.name} · {short}", each.hash)
        self.card.setCurrentIndex(max(0, self.card.findData(member.persona.version)))


def operations(
    member: Member, chosen: Mapping[str, Any], files: Mapping[str, str]
) -> list[tuple[str, dict[str, Any]]]:
    """The recasting that leads from a member to what was chosen; none where nothing changes.

    Args:
        chosen: {actor: the scene's name of a model or HUMAN, frame, sampler, persona: a hash}.
        files: of models that the play does not have yet, by name.
    """
    given: dict[str, Any] = {}
    actor = chosen["actor"]
    if actor != HUMAN and (actor != member.actor.model or member.human):
        given = {"model": actor, **({"file": files[actor]} if actor in files else {})}
    if chosen["frame"] not in (None, member.actor.frame or OWN):
        given["frame"] = chosen["frame"]
    if actor == HUMAN and (given or not member.human):
        given["human"] = True
    if actor != HUMAN and chosen["sampler"] is not None:
        given["sampler"] = chosen["sampler"]
    if chosen["persona"] not in (None, member.persona.version):
        given["persona"] = chosen["persona"]
    return [("recast", {"member": member.label, **given})] if given else []
