"""Below the lanes: who speaks next, one's own words, and the buttons that act."""

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from stage.director.opened import OpenPlay
from stage.play.cast import Member
from stage.play.line import Kind
from stage.play.prompting.prose import runs_on
from stage.ui import words
from stage.ui.actions.table import key_of
from stage.ui.composer.commands import obey
from stage.ui.composer.length import Length
from stage.ui.composer.meant import Meant, types_now
from stage.ui.composer.meter import Meter
from stage.ui.composer.nextup import NextUp
from stage.ui.composer.offering import Offering
from stage.ui.composer.own_words import Words
from stage.ui.composer.rows import Hints, Rows
from stage.ui.composer.sums import Sums
from stage.ui.desk.desk import Desk
from stage.ui.desk.session import performer
from stage.ui.dress import fonts, theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.fields import Check, Count
from stage.ui.widgets.labels import MUTED, Elided, plain_tip


class Composer(QWidget):
    """Next speakers, words, buttons."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Act on a desk's session."""
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("pane")
        theme.dress(self, "pane-top")
        self.words = Words(desk.settings, self)
        self.offering = Offering(desk, self.words)
        self.next = NextUp(desk, self)
        self._hints = Hints()
        self.meant = Meant(self)
        self._cast: tuple[Member, ...] = ()
        self._drafted: OpenPlay | None = None  # the play whose draft the words are
        self.speak = Button(self.tr("Speak"), primary=True, parent=self)
        self.fan = Button(self.tr("Fan out"), parent=self)
        self.takes = Count(
            self.tr("How many takes a fan-out makes"), self.tr("takes"), range(2, 17), self
        )
        self.length = Length(desk.steps, self)
        self.both = Button(self.tr("Both models"), parent=self)
        self.answers = Check(self.tr("Answer me"), self)
        self.stop = Button(self.tr("Stop"), parent=self)
        self.reason = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self.meter = Meter(desk, self)
        self.sums = Sums(desk, self.meter, self)
        self._rows = Rows(self, self._hints)
        self._rows.begin()
        self._prepare()
        self._connect()
        self._opened()

    def _prepare(self) -> None:
        self.takes.set_value(self._desk.settings.fan_out)
        self.answers.setAccessibleName(self.tr("Answer when I have spoken"))
        self.answers.setToolTip(
            self.tr("Whoever is next speaks at once, but not after narration; kept for this play")
        )
        self._show_keys()

    def lie(self, low: bool) -> bool:
        """Where there is little height, leave it to the lines; tells whether anything moved."""
        if low == self._rows.low:
            return False
        self.meant.lie(low)
        self.words.show_rows(*((1, 3) if low else (2, 6)))
        self._rows.lie(low)
        return True

    def _connect(self) -> None:
        session, turns = self._desk.session, self._desk.turns
        session.opened.connect(self._leave)
        session.next_changed.connect(self._again)
        turns.busy_changed.connect(self._again)
        turns.typed.connect(self._said)
        self._desk.bridge.ended.connect(self._again)
        self.words.textChanged.connect(self._typed)
        session.moved.connect(self._moved)
        self._desk.bridge.changed.connect(self._moved)
        self.meant.typed_as.connect(session.type_as)
        self.meant.changed.connect(self._typed)
        for choice in (self.meant.who, self.meant.kinds, self.meant.ears):
            choice.closed.connect(self.words.setFocus)  # one chooses how, and types
        self._desk.wishes.whisper.connect(self._whisper)
        self.answers.clicked.connect(self._desk.answering.switch)
        self._desk.answering.changed.connect(self._answering)
        self.takes.changed.connect(self._takes_changed)
        self._desk.prefs.changed.connect(self._preferred)
        self.speak.clicked.connect(self.act)
        self.words.done.connect(self.speak.click)  # a button that is off does nothing
        self.words.left.connect(partial(self._desk.wishes.action.emit, "transcript"))
        self.fan.clicked.connect(self.fan_out)
        self.both.clicked.connect(self._both)
        self.stop.clicked.connect(turns.stop)

    # acting

    def act(self) -> None:
        """Say the typed words, do a command, or let the next one speak."""
        text = self.words.toPlainText()
        if obey(self._desk, text, self.words.begin_anew):
            return
        if text.strip():
            self._desk.turns.say(text, self.meant.kind, self.meant.to)
        else:
            self._desk.turns.speak()

    def fan_out(self) -> None:
        """Let the next one speak several times."""
        self._desk.turns.fan_out(self.takes.value())

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return self._rows.stops()

    def chosen_chip(self) -> QWidget | None:
        """The chip of the member who speaks next, else the first one."""
        return self.next.chosen()

    def _both(self) -> None:
        self._desk.turns.both()

    # showing

    def _leave(self) -> None:
        """What is typed of one play never becomes the draft of another."""
        self._drafted = None
        self._desk.session.agenda.add(self._opened)

    def _opened(self) -> None:
        play = self._drafted = self._desk.session.play
        self._fill()
        kept = self._desk.session.saved.of_play(play.id) if play else {}
        stays = bool(kept.get("draft kept"))
        self.meant.begin(kept.get("draft kind"), kept.get("draft to"), kept=stays)
        self.words.go_on_with(str(kept.get("draft", "")))
        self._answering()
        self._refresh()

    def _moved(self, _: object) -> None:
        """Another place, where the cast may be another one."""
        session = self._desk.session
        if self._drafted is session.play and self._cast != session.cast:
            session.type_as(types_now(self._cast, session.cast, session.typing_as))
            self._fill()
            self._refresh()

    def _fill(self) -> None:
        self._cast = self._desk.session.cast
        self.next.offer(self._cast)
        self.answers.setMinimumHeight(self.next.name.minimumHeight())  # one row with the chips
        self.meant.offer(self._cast)

    def _again(self) -> None:
        self._desk.session.agenda.add(self._refresh)

    def _refresh(self) -> None:
        session, play = self._desk.session, self._desk.session.play
        decision = session.decision()
        chosen = decision.queue[0] if decision.queue else ""
        rule, ground = words.rule(decision.rule), session.ground()
        self.next.tell_away(play.present(ground.id) if play and ground else self.next.chips)
        why = f"{rule}: {decision.reason}" if play else ""
        self.next.choose(chosen, why)
        self.reason.set_text(why)
        self.meant.aim(session.typing_as, chosen)
        self._placeholder(chosen)
        self._enable(chosen)

    def _placeholder(self, chosen: str) -> None:
        play = self._desk.session.play
        if play is None:
            self.words.hint("")
            return
        session = self._desk.session
        me, other = session.member(session.typing_as), session.member(chosen)
        name = me.label if me else ""
        said = short = self.tr("Speak as {0}").format(name)
        ground = session.ground()
        end = ground.text[-1:] if ground is not None else ""
        text = me is not None and runs_on(me)
        self.words.goes_on = text and bool(end) and not end.isspace()
        ear = session.member(self.meant.to or "")
        if self.meant.kind is Kind.WHISPER and ear is not None:
            said = short = self.tr("Whisper to {0} as {1}").format(ear.label, name)
        elif other is not None and not other.human:
            said = self.tr("Speak as {0}, or leave empty and let {1} speak")
            said = self.tr("Go on, or leave empty and let a model go on") if text else said
            said = said.format(name, other.label)
            short = self.tr("Go on with the text") if text else short
        self.words.hint(said, short)

    def _enable(self, chosen: str) -> None:
        session, turns = self._desk.session, self._desk.turns
        ready = session.play is not None and not turns.waiting
        typed = bool(self.words.toPlainText().strip())
        self.speak.setEnabled(ready and (typed or bool(chosen) or session.wants))
        self.stop.setEnabled(turns.running > 0)
        self.words.leaves = turns.running == 0
        busy = self.tr("A line is still being said.") if turns.waiting else ""
        self.speak.setToolTip(busy)
        actor = session.member(performer(session))
        able = ready and (actor is not None or session.wants)
        ground = session.ground()
        self.length.show_of([actor] if actor and ready else [], ground.id if ground else "")
        lonely = self.tr("This scene has one model.") if len(session.models) < 2 else ""
        why = busy
        if ready and not able:
            why = self.tr("Nobody who could be next is played by a model.")
        elif ready and actor is not None and actor.id != chosen:
            why = self.tr("{0} speaks, the next one whom a model plays.")
            why = plain_tip(why.format(actor.label))
        self.fan.setEnabled(able)
        lanes = self.tr("In every lane, after the line that it goes on from.")
        self.fan.setToolTip(why or (lanes if len(session.lanes) > 1 else ""))
        self.both.setEnabled(able and not lonely)
        key = key_of("fan-out-both", self._desk.settings.keys)
        each = self.tr("A take by each model; {0} fans out on both.").format(key)
        self.both.setToolTip(lonely or why or each)

    # reacting

    def _whisper(self, member: str) -> None:
        self.meant.begin(Kind.WHISPER, member, kept=self.meant.kept.isChecked())
        self._typed()

    def _typed(self) -> None:
        play = self._desk.session.play
        self._refresh()
        if play is not None and play is self._drafted:
            draft = {
                "draft": self.words.toPlainText(),
                "draft kind": self.meant.kind,
                "draft to": self.meant.to,
                "draft kept": self.meant.kept.isChecked(),
            }
            self._desk.session.saved.put_play(play.id, **draft)

    def _said(self) -> None:
        """The words are stored; there is room for others."""
        self.meant.go_on()
        self.words.begin_anew()
        self._typed()

    def _answering(self) -> None:
        self.answers.setChecked(self._desk.answering.on)

    def _preferred(self, name: str) -> None:
        if name == "fan_out":
            self.takes.set_value(self._desk.settings.fan_out)
        if name in ("keys", "enter_speaks"):
            self._show_keys()

    def _show_keys(self) -> None:
        settings = self._desk.settings
        self._hints.show_keys(settings.keys, enter=settings.enter_speaks)

    def _takes_changed(self, value: int) -> None:
        self._desk.prefs.set("fan_out", value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the shortcuts where there is no room for them."""
        super().resizeEvent(event)
        self._rows.show_hints()
