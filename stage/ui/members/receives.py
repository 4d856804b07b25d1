"""What a member receives at a line: the prompt as it would be sent, or as it was sent."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stage.director.prompts import View, difference, view
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.cast import Member
from stage.play.prompting import FRAMES
from stage.ui import hints, words
from stage.ui.dress import fonts
from stage.ui.lanes.verbatim import shown
from stage.ui.members.casting import Casting
from stage.ui.members.differing import Marked, MarkedText, by_rows
from stage.ui.widgets.buttons import Button, Segment
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, label

REST = 150  # milliseconds without a change before a prompt is made


class Receives(QWidget):
    """The exact text, and below it what is not in it and why."""

    def __init__(self, casting: Casting, parent: QWidget | None = None) -> None:
        """Show what whoever is looked at receives."""
        super().__init__(parent)
        self._casting = casting
        self._asked: tuple[object, ...] = ()
        self._filled: tuple[object, ...] | None = None
        self._timer = QTimer(self, singleShot=True, interval=REST)
        self._timer.timeout.connect(self._make)
        self.would = Segment(self.tr("Would be sent"), self.tr("As it would be sent now"), self)
        self.was = Segment(self.tr("Was sent"), self.tr("As it was sent for the chosen line"), self)
        self.frame = Choice(self.tr("Form of the prompt"), self)
        self.model = Choice(self.tr("Model"), self)
        self.other = Choice(self.tr("Compare with what another receives"), self)
        self.load = Button(self.tr("Load the model"), primary=True, parent=self)
        self._about = label(role=MUTED, font=fonts.interface(fonts.SMALL), wrap=True)
        self.text = MarkedText(self.tr("The prompt"), self, mono=True)
        self.beside = MarkedText(self.tr("Left out, repaired and drawn"), self)
        self._lay_out()
        for segment in (self.would, self.was):
            segment.clicked.connect(self._switched)
        for choice in (self.frame, self.model, self.other):
            choice.activated.connect(self._rest)
        self.load.clicked.connect(self._load)

    def _lay_out(self) -> None:
        self.would.setChecked(True)
        self.frame.addItem(self.tr("its own form"), None)
        for frame in FRAMES.names:
            self.frame.addItem(words.frame(frame), frame)
        hints.explain(self.frame, hints.FRAMES)
        head = QWidget(self)
        flow = Flow(head, spacing=8)
        for each in (self.would, self.was, self.frame, self.model, self.other):
            flow.addWidget(each)
        told = QHBoxLayout()
        told.addWidget(self._about, 1)
        told.addWidget(self.load)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(8)
        column.addWidget(head)
        column.addLayout(told)
        column.addWidget(self.text, 3)
        column.addWidget(self.beside, 1)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        above = (self.would, self.was, self.frame, self.model, self.other)
        return [*above, self.load, self.text, self.beside]

    # what is shown

    def refresh(self) -> None:
        """Follow the member and the line."""
        member = self._casting.member
        models = self._casting.models
        filled = (member.id if member else "", models, [each.label for each in self._casting.cast])
        if filled != self._filled:
            self._filled = filled
            self._fill(member, models)
        self._rest()

    def _fill(self, member: Member | None, models: Mapping[str, str]) -> None:
        self.model.clear()
        for name, title in models.items():
            self.model.addItem(title, name)
        if member is not None and member.actor.model in models:
            self.model.setCurrentIndex(self.model.findData(member.actor.model))
        self.other.clear()
        self.other.addItem(self.tr("compare with ..."), None)
        for each in self._casting.cast:
            if member is None or each.id != member.id:
                self.other.addItem(each.label, each.id)

    def _switched(self) -> None:
        sent = self.sender() is self.was
        self.was.setChecked(sent)
        self.would.setChecked(not sent)
        self._rest()

    def _rest(self, *_: object) -> None:
        sent = self.was.isChecked()
        for choice in (self.frame, self.model, self.other):
            choice.setEnabled(not sent)
        self._timer.start()

    def _make(self) -> None:
        if not self.isVisible():
            return
        member, line = self._casting.member, self._casting.line
        if member is None or line is None:
            self._show(self.tr("No play is open."))
            return
        self._asked = (
            member.id, line.id, self.was.isChecked(), self.frame.currentData(),
            self.model.currentData(), self.other.currentData(),
        )  # fmt: skip
        work = self._was(member) if self.was.isChecked() else self._would()
        spawn(work, name="prompt of a member")

    async def _would(self, *, load: bool = False) -> None:
        asked, desk = self._asked, self._casting.desk
        member, at, _, frame, model, other = asked
        play = desk.session.play
        if play is None or model not in play.models:
            return
        if not load and desk.director.pool.loaded(play.models[str(model)]) is None:
            said = self.tr("{0} is not loaded; only it can tell its exact prompt.")
            self._show(said.format(play.title_of(str(model))), load=True)
            return
        try:
            seen = [
                await view(desk.director.pool, play, str(at), str(who),
                           frame=None if frame is None else str(frame), model=str(model))
                for who in (member, other) if who is not None
            ]  # fmt: skip
        except KnownError as error:
            if asked == self._asked:
                self._show(error.sentence)
            return
        if asked == self._asked and play is desk.session.play:
            self._tell(seen, play.title_of(str(model)))

    def _tell(self, seen: Sequence[View], title: str) -> None:
        own, *others = seen
        prepared = own.received.prepared
        about = self.tr("What {0} would receive after the chosen line: {1} for {2}, {3}.").format(
            own.member, words.count(len(prepared.tokens), "token"), title,
            words.frame(own.received.frame.id),
        )  # fmt: skip
        beside = words.beside_view(own)
        if not others:
            self._show(about, Marked(shown(prepared.text)), beside)
            return
        rows = difference(own, others[0])
        same = self.tr("Both receive the same.")
        about = self.tr("Rows with - only {0} receives, with + only {1}.").format(
            own.member, others[0].member
        )
        self._show(about if rows else same, by_rows([shown(row) for row in rows]), beside)

    async def _was(self, member: Member) -> None:
        asked, line = self._asked, self._casting.line
        if line is None or line.speaker != member.id or line.model is None:
            said = self.tr("No model said the chosen line as {0}; choose another line.")
            self._show(said.format(member.label))
            return
        try:
            prompt = (await self._casting.desk.director.line(line.id)).prompt
        except KnownError as error:
            if asked == self._asked:
                self._show(error.sentence)
            return
        if asked != self._asked:
            return
        if not prompt:
            self._show(self.tr("The prompt of this line is not kept."))
            return
        read = words.count(len(prompt["tokens"]), "token")
        about = self.tr("{0}, evaluated exactly as shown here.").format(read)
        self._show(about, Marked(shown(prompt["text"])), words.beside_prompt(prompt))

    def _show(
        self, about: str, text: Marked | None = None, beside: Sequence[str] = (),
        *, load: bool = False,
    ) -> None:  # fmt: skip
        self._about.setText(about)
        self.load.setVisible(load)
        self.text.show_marked(text or Marked(""))
        self.text.setVisible(text is not None)
        self.beside.show_marked(Marked("\n".join(map(shown, beside))))
        self.beside.setVisible(bool(beside))

    def _load(self) -> None:
        self.load.setEnabled(False)
        spawn(self._loaded(), name="load for a prompt")

    async def _loaded(self) -> None:
        try:
            await self._would(load=True)
        finally:
            self.load.setEnabled(True)
