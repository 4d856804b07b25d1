"""Who plays a member, in which form and with which sampler; whether it is on stage."""

import json
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from stage.kit.errors import BadInput, KnownError
from stage.kit.tasks import spawn
from stage.play.cast import Member
from stage.play.prompting import FRAMES
from stage.play.sampling import PRESETS, Sampler, preset_of
from stage.ui import words
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

USUAL, OWN = "", "\0own"  # the sampler that goes with the kind of model; one of no preset
ANOTHER = "\0another"  # a model file that is yet to be chosen


class Playing(QWidget):
    """Choices for the member that is looked at; nothing is done before "From here on"."""

    def __init__(self, casting: Casting, parent: QWidget | None = None) -> None:
        """Show how the member is played."""
        super().__init__(parent)
        self._casting = casting
        self._of: object = None
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
        self.frame.addItem(self.tr("as the model's kind has it"), None)
        for frame in FRAMES.names:
            self.frame.addItem(words.frame(frame), frame)
        self.preset.addItem(self.tr("as the model's kind has it"), USUAL)
        for preset in PRESETS:
            self.preset.addItem(preset, preset)
        self.preset.addItem(self.tr("its own steps"), OWN)
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
        self.frame.setCurrentIndex(max(0, self.frame.findData(member.actor.frame)))
        sampler = member.actor.sampler
        preset = USUAL if sampler is None else preset_of(sampler) or OWN
        self.preset.setCurrentIndex(self.preset.findData(preset))
        self.chain.setPlainText("" if sampler is None else written(sampler))
        self.on_stage.setChecked(there)
        self.muted.setChecked(member.muted)
        self.greet.setEnabled(there and bool(member.persona.greetings))
        self._say()

    def _offer_actors(self, member: Member) -> None:
        play = self._casting.desk.session.play
        models = play.scene.models if play is not None else {}
        known = {*models, *models.values()}
        self._files = {name: file for name, file in Actors().files.items() if name not in known}
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
        actors = Actors()
        actors.files |= dict.fromkeys(self._casting.desk.session.models, "") | self._files
        (name,) = actors.add([file])
        self._files[name] = file
        self.actor.insertItem(self.actor.count() - 1, name, name)
        self.actor.setCurrentIndex(self.actor.findData(name))
        self._say()

    def asked(self) -> list[tuple[str, dict[str, Any]]]:
        """The operations that lead to what is chosen. Raises BadInput for steps that are none."""
        member = self._casting.member
        if member is None:
            return []
        actor = self.actor.currentData()
        sampler = None
        if actor not in (HUMAN, "") and self.chain.toPlainText().strip():
            wanted = read(self.chain.toPlainText())
            sampler = None if wanted == member.actor.sampler else json.dumps(wanted.to_json())
        chosen = {
            "actor": member.actor.model if actor == "" else actor,
            "frame": self.frame.currentData(),
            "sampler": sampler,
            "persona": None,
        }
        asked = [] if actor == "" else operations(member, chosen)
        for _, given in asked:
            if given.get("model") in self._files:
                given["file"] = self._files[given["model"]]
        if self.muted.isChecked() != member.muted:
            asked.append(("mute", {"member": member.label, "off": member.muted}))
        if self.on_stage.isChecked() != self._casting.there:
            name = "enter" if self.on_stage.isChecked() else "exit"
            asked.append((name, {"member": member.label}))
        return asked

    def _say(self, *_: object) -> None:
        person = self.actor.currentData() in (HUMAN, "")
        for each in (self.frame, self.preset, self.chain):
            each.setEnabled(not person)
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
        if preset != OWN:
            self.chain.setPlainText(written(PRESETS[preset]) if preset else "")
        self._say()

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


def written(sampler: Sampler) -> str:
    """A sampler as rows: a step and its numbers, the last one how many tokens at most."""
    data = sampler.to_json()
    rows = [
        " ".join([str(step["name"]), *(f"{key}={json.dumps(value)}" for key, value in step.items()
                                       if key != "name")])
        for step in data["chain"]
    ]  # fmt: skip
    return "\n".join([*rows, f"max_tokens={data['max_tokens']}"])


def read(text: str) -> Sampler:
    """Read what `written` wrote. Raises BadInput with the row that is none."""
    chain, most = [], 120
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
    return Sampler.from_json({"chain": chain, "max_tokens": most})


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
