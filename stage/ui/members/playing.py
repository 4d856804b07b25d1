"""Who plays a member, in which form and with which sampler; whether it is on stage."""

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from stage.director.working import Work
from stage.kit.errors import BadInput, KnownError
from stage.kit.tasks import spawn
from stage.play.cast import Member
from stage.play.prompting import FRAMES, OWN
from stage.play.sampling import BASE, PRESETS, USUAL, Sampler, preset_of
from stage.ui import hints, words
from stage.ui.composer.length import length_of
from stage.ui.desk.steps import upper
from stage.ui.dialogs.actors import Actors
from stage.ui.dialogs.recast import HUMAN, operations
from stage.ui.dress import fonts
from stage.ui.members.card import ABOVE
from stage.ui.members.casting import Casting
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.fields import Check, Choice
from stage.ui.widgets.labels import MUTED, Elided, label
from stage.ui.widgets.paragraph import Paragraph
from stage.ui.widgets.scrolled import Scrolled

STEPS = "\0own"  # a sampler of no preset
ANOTHER = "\0another"  # a model file that is yet to be chosen


class Playing(QWidget):
    """Choices for the member that is looked at; nothing is done before "From here on"."""

    def __init__(self, casting: Casting, parent: QWidget | None = None) -> None:
        """Show how the member is played."""
        super().__init__(parent)
        self._casting = casting
        self._of: object = None
        self._actors = Actors()
        self._files: dict[str, str] = {}  # models that the play does not have yet, by name
        self.actor = Choice(self.tr("Played by"), self)
        self.frame = Choice(self.tr("Form of its prompts"), self)
        self.preset = Choice(self.tr("Sampler"), self)
        self.chain = Paragraph(self.tr("Steps of the sampler, one a row"), self)
        self.on_stage = Check(self.tr("On stage"), self)
        self.muted = Check(self.tr("Muted: takes no turns of its own"), self)
        self.greet = Button(self.tr("Let it greet"), parent=self)
        self.greet.setToolTip(self.tr("Every greeting of its card, a line beside the others"))
        self.apply_ = Button(self.tr("From here on"), primary=True, parent=self)
        self._state = Elided(role=MUTED, font=fonts.interface(fonts.SMALL), parent=self)
        self._lay_out()
        self.actor.activated.connect(self._acted)
        self.frame.activated.connect(self._say)
        self.preset.activated.connect(self._preset_chosen)
        self.chain.textChanged.connect(self._say)
        for check in (self.on_stage, self.muted):
            check.clicked.connect(self._say)
        self.greet.clicked.connect(self._greet)
        self.apply_.clicked.connect(self.apply)

    def _lay_out(self) -> None:
        self.chain.setFont(fonts.mono())
        self.chain.setPlaceholderText(self.tr("such as {0}").format("temperature t=0.8"))
        for frame in (OWN, *FRAMES.names):
            self.frame.addItem(words.frame(frame), frame)
        hints.explain(self.frame, hints.FRAMES)
        self.preset.addItem(self.tr("as the model's kind has it"), USUAL)
        for preset in PRESETS:
            self.preset.addItem(preset, preset)
        self.preset.addItem(self.tr("its own steps"), STEPS)
        grid = QGridLayout()
        grid.setContentsMargins(18, 14, 18, 14)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, field in enumerate((self.actor, self.frame, self.preset, self.chain)):
            name = label(field.accessibleName(), font=fonts.interface(fonts.SMALL), role=MUTED)
            name.setContentsMargins(0, ABOVE, 0, 0)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, at, 1)
        grid.addWidget(self.on_stage, 4, 1)
        grid.addWidget(self.muted, 5, 1)
        grid.setRowStretch(6, 1)
        below = QHBoxLayout()
        below.setContentsMargins(18, 8, 18, 10)
        below.addWidget(self._state, 1)
        below.addWidget(self.greet)
        below.addWidget(self.apply_)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Scrolled(grid, self), 1)
        column.addLayout(below)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        choices = (self.actor, self.frame, self.preset, self.chain)
        return [*choices, self.on_stage, self.muted, self.greet, self.apply_]

    # what is shown

    def refresh(self) -> None:
        """Show the member as it is at the line; what was chosen for it meanwhile stays."""
        member, there = self._casting.member, self._casting.there
        if (member, there) == self._of:
            return
        self._of = (member, there)
        self.setEnabled(member is not None)
        if member is None:
            return
        self._offer_actors(member)
        self.frame.setCurrentIndex(max(0, self.frame.findData(member.actor.frame or OWN)))
        sampler = member.actor.sampler or Sampler(usual=True)
        preset = preset_of(sampler) or STEPS
        self.preset.setCurrentIndex(self.preset.findData(preset))
        self.chain.setPlainText(written(sampler))
        self.on_stage.setChecked(there)
        self.muted.setChecked(member.muted)
        self.greet.setEnabled(there and bool(member.persona.greetings))
        self._say()

    def _offer_actors(self, member: Member) -> None:
        play = self._casting.desk.session.play
        self._files = self._actors.new_to(play) if play is not None else {}
        self.actor.clear()
        for name, title in self._casting.models.items():
            self.actor.addItem(title, name)
        self.actor.addItem(self.tr("you type"), HUMAN)
        if member.scripted:
            self.actor.addItem(self.tr("a script, as the scene has it"), "")
        for name in self._files:
            self.actor.addItem(self.tr("{0}, new in this play").format(name), name)
        self.actor.addItem(self.tr("another model file ..."), ANOTHER)
        self._show_actor()

    def _show_actor(self) -> None:
        member = self._casting.member
        if member is not None:
            played = HUMAN if member.human else member.actor.model or ""
            self.actor.setCurrentIndex(max(0, self.actor.findData(played)))

    def add_model(self, file: str) -> None:
        """Let a model file play the member; the play knows it by a name of its own."""
        if file not in self._actors.files.values():
            self._actors.add([file])
        self._offer_more()
        known = [name for name, each in self._files.items() if each == file]
        if known:  # else the play has it already
            self.actor.setCurrentIndex(self.actor.findData(known[0]))
        self._say()

    def _offer_more(self) -> None:
        """Offer models that were found meanwhile, before the last entry."""
        play = self._casting.desk.session.play
        more = self._actors.new_to(play) if play is not None else {}
        for name in more.keys() - self._files.keys():
            words_ = self.tr("{0}, new in this play").format(name)
            self.actor.insertItem(self.actor.count() - 1, words_, name)
        self._files |= more

    async def _stock(self) -> None:
        async for some in self._casting.desk.director.shelving.scan(Work()):
            self._actors.find(some)
            self._offer_more()

    def asked(self) -> list[tuple[str, dict[str, Any]]]:
        """The operations that lead to what is chosen. Raises BadInput for steps that are none."""
        member = self._casting.member
        if member is None:
            return []
        actor = self.actor.currentData()
        sampler = None
        if actor not in (HUMAN, "") and self.chain.toPlainText().strip():
            wanted = read(self.chain.toPlainText())
            same = wanted == (member.actor.sampler or Sampler(usual=True))
            sampler = None if same else json.dumps(wanted.to_json())
        chosen = {
            "actor": member.actor.model if actor == "" else actor,
            "frame": self.frame.currentData(),
            "sampler": sampler,
            "persona": None,
        }
        asked = [] if actor == "" else operations(member, chosen, self._files)
        if self.muted.isChecked() != member.muted:
            asked.append(("mute", {"member": member.label, "off": member.muted}))
        if self.on_stage.isChecked() != self._casting.there:
            name = "enter" if self.on_stage.isChecked() else "exit"
            asked.append((name, {"member": member.label}))
        return asked

    def _say(self, *_: object) -> None:
        actor = self.actor.currentData()
        self.frame.setEnabled(actor != "")
        for each in (self.preset, self.chain):
            each.setEnabled(actor not in (HUMAN, ""))
        try:
            asked = self.asked()
        except BadInput as error:
            self.apply_.setEnabled(False)
            self._state.set_text(error.sentence)
            return
        self.apply_.setEnabled(bool(asked))
        said = self.tr("What is chosen counts from the chosen line on.")
        self._state.set_text(said if asked else "")

    def _acted(self, _: int) -> None:
        if self.actor.currentData() == ANOTHER:
            self._show_actor()
            title, names = self.tr("Choose a model"), self.tr("Models (*.gguf)")
            choosing = self._casting.desk.choosing
            choosing.one(self, "models", title, names, self.add_model)
        self._say()

    def _preset_chosen(self, _: int) -> None:
        preset = self.preset.currentData()
        if preset != STEPS:
            chosen = Sampler(usual=True) if preset == USUAL else PRESETS[preset]
            self.chain.setPlainText(written(replace(chosen, max_tokens=self._length())))
        self._say()

    def _length(self) -> int:
        """How long takes may get, which a preset has no say in."""
        member = self._casting.member
        with suppress(BadInput):
            return read(self.chain.toPlainText()).max_tokens
        return BASE.max_tokens if member is None else length_of(member)

    # what is done

    def _greet(self) -> None:
        self._casting.do("greet")

    def apply(self) -> None:
        """Do what was chosen, step by step."""
        member, line = self._casting.member, self._casting.line
        if self.apply_.hasFocus():  # it is off as soon as it is done
            self.actor.setFocus(Qt.FocusReason.OtherFocusReason)
        if member is not None and line is not None:
            spawn(self._apply(self.asked(), line.id), name="recast")

    async def _apply(self, asked: list[tuple[str, dict[str, Any]]], line: str) -> None:
        desk = self._casting.desk
        play = desk.session.play
        if play is None:
            return
        for name, given in asked:
            try:
                done = await desk.director.do(play.id, name, {**given, "line": line})
            except KnownError as error:
                desk.wishes.said.emit(error.sentence)
                return
            self._casting.follow(done)
            line = done.made[-1] if done.made else line
            said = self.tr("{0}. Ctrl+Z takes it back.").format(done.words)
            desk.wishes.said.emit(upper(said))

    def showEvent(self, event: QShowEvent) -> None:
        """Look once more what is on the shelf."""
        super().showEvent(event)
        spawn(self._stock(), name="what models there are")


def written(sampler: Sampler) -> str:
    """A sampler as rows: a step and its numbers, the last one how many tokens at most."""
    data = sampler.to_json()
    if sampler.usual:
        return f"max_tokens={data['max_tokens']}"
    rows = [
        " ".join([str(step["name"]), *(f"{key}={json.dumps(value)}" for key, value in step.items()
                                       if key != "name")])
        for step in data["chain"]
    ]  # fmt: skip
    return "\n".join([*rows, f"max_tokens={data['max_tokens']}"])


def read(text: str) -> Sampler:
    """Read what `written` wrote; without a step it is the usual one. Raises BadInput."""
    chain, most = [], BASE.max_tokens
    for row in filter(None, map(str.strip, text.split("\n"))):
        name, _, rest = row.partition(" ")
        try:
            if row.startswith("max_tokens="):
                most = json.loads(row.removeprefix("max_tokens="))
                continue
            chain.append({"name": name, **_numbers(rest)})
        except ValueError as error:
            raise BadInput(
                f"The row {row[:60]!r} is no step; write its name and numbers, temperature t=0.8."
            ) from error
    steps = {"chain": chain} if chain else {"preset": USUAL}
    return Sampler.from_json({**steps, "max_tokens": most})


def _numbers(text: str) -> dict[str, Any]:
    """ "t=0.8 keep=1" as numbers; a value is JSON and may hold blanks."""
    found, reader, at = dict[str, Any](), json.JSONDecoder(), 0
    while at < len(text):
        key, equals, _ = text[at:].partition("=")
        if not equals:
            raise ValueError(text)
        value, end = reader.raw_decode(text, at + len(key) + 1)
        found[key.strip()] = value
        at = end + len(text[end:]) - len(text[end:].lstrip())
    return found
