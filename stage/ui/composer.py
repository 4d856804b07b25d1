"""Below the lanes: who speaks next, one's own words, and the buttons that act."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from stage.kit.settings import Settings
from stage.play.cast import Member
from stage.play.line import Kind
from stage.ui import fonts, theme, words
from stage.ui.actions import key_of
from stage.ui.desk import Desk
from stage.ui.expected import Expected
from stage.ui.glyphs import colour_index
from stage.ui.icons import disc_icon
from stage.ui.widgets.buttons import Button, Chip
from stage.ui.widgets.fields import Choice, Count
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, Elided, label

ROOMY = 80  # characters; below it, shortcuts do not stand beside their buttons


class Words(QPlainTextEdit):
    """Where one's own words are typed: plain text, as tall as it needs to be.

    Signals:
        done: Enter was pressed, and speaks.
    """

    done = Signal()

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        """Set in the serif of spoken text."""
        super().__init__(parent)
        self._settings = settings
        self.setFont(fonts.spoken(settings.spoken_size))
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Your own words"))
        self.document().setDocumentMargin(5)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.dress(self, "text")
        self._fit()

    def go_on_with(self, text: str) -> None:
        """Show what was typed before, the caret behind it."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def _fit(self) -> None:
        rows = min(6, max(2, int(self.document().size().height())))
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + 22)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Undo and redo are the play's where there is nothing of one's own to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine, keys = self.document(), QKeySequence.StandardKey
            back = event.matches(keys.Undo) and not mine.isUndoAvailable()
            if back or (event.matches(keys.Redo) and not mine.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes a new row, or speaks where that is preferred."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        )  # fmt: skip
        if (
            self._settings.enter_speaks
            and plain
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.done.emit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Two rows."""
        return QSize(200, self.height())


class Hints:
    """Keys beside their buttons, by action."""

    def __init__(self) -> None:
        """Start with none."""
        self.labels: dict[str, QLabel] = {}

    def of(self, action: str) -> QLabel:
        """A label for the key of an action."""
        made = self.labels[action] = label(font=fonts.interface(fonts.TINY), role=MUTED)
        made.setContentsMargins(0, 0, 6, 0)
        return made

    def show_keys(self, preset: str) -> None:
        """Show the keys of a preset."""
        for action, hint in self.labels.items():
            hint.setText(key_of(action, preset))

    def make_visible(self, there_is_room: bool) -> None:
        """Show or hide them all."""
        for hint in self.labels.values():
            hint.setVisible(there_is_room)


def aim(ears: Choice, kind: str | None, me: str, chosen: str) -> None:
    """Offer ears for kinds that have some; a whisper is for one other: `chosen`, who is next."""
    ears.setVisible(kind in words.ADDRESSED)
    if kind == Kind.WHISPER and ears.currentData() in (None, me):
        others = [
            each for each in map(ears.itemData, range(ears.count())) if each not in (None, me)
        ]
        to = chosen if chosen in others else next(iter(others), None)
        ears.setCurrentIndex(max(0, ears.findData(to)))


class Composer(QWidget):
    """Next speakers, words, buttons."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Act on a desk's session."""
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("pane")
        theme.dress(self, "pane-top")
        self.words = Words(desk.settings, self)
        self._chips: dict[str, Chip] = {}
        self._hints = Hints()
        self._reason = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self._who = Choice(self.tr("Type as"), self)
        self._kind = Choice(self.tr("Kind of line"), self)
        self._ears = Choice(self.tr("Who hears it"), self)
        self._cast: tuple[Member, ...] = ()
        self.speak = Button(self.tr("Speak"), primary=True, parent=self)
        self.fan = Button(self.tr("Fan out"), parent=self)
        self.takes = Count(
            self.tr("How many takes a fan-out makes"), self.tr("takes"), range(2, 17), self
        )
        self.both = Button(self.tr("Both models"), parent=self)
        self.stop = Button(self.tr("Stop"), parent=self)
        self.expected = Expected(desk, self)
        self._prepare()
        self._lay_out()
        self._connect()
        self._opened()

    def _prepare(self) -> None:
        for choice in (self._who, self._kind, self._ears):
            choice.setMinimumWidth(118)
            choice.setIconSize(QSize(16, 16))
        self._kind.addItem(self.tr("as is usual"), None)
        for kind, title in words.TYPED.items():
            self._kind.addItem(words.tr("words", title), kind)
        self.takes.set_value(self._desk.settings.fan_out)
        self._reason.setMinimumWidth(120)

    def _lay_out(self) -> None:
        who = QWidget(self)
        self._flow = Flow(who, spacing=6)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(label(self.tr("Next"), font=fonts.interface(fonts.SMALL), role=MUTED))
        top.addWidget(who)
        top.addWidget(self._reason, 1)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addLayout(self._meant())
        middle.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 8, 18, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(middle)
        column.addLayout(self._buttons())
        column.addWidget(self.expected)

    def _meant(self) -> QVBoxLayout:
        """As whom one types, what kind of line it is, and who hears it."""
        column = QVBoxLayout()
        column.setSpacing(4)
        for choice in (self._who, self._kind, self._ears):
            column.addWidget(choice)
        column.addStretch(1)
        return column

    def _buttons(self) -> QHBoxLayout:
        acting, ending = QWidget(self), QWidget(self)
        act, end = Flow(acting, spacing=8), Flow(ending, spacing=8)
        for thing in (self.speak, "speak", self.fan, self.takes, "fan-out", self.both):
            act.addWidget(self._hints.of(thing) if isinstance(thing, str) else thing)
        for thing in (self.stop, "stop"):
            end.addWidget(self._hints.of(thing) if isinstance(thing, str) else thing)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(acting, 1)
        row.addWidget(ending, 0, Qt.AlignmentFlag.AlignTop)
        self._hints.show_keys(self._desk.settings.keys)
        return row

    def _connect(self) -> None:
        session, turns = self._desk.session, self._desk.turns
        session.opened.connect(self._opened)
        session.next_changed.connect(self._refresh)
        turns.busy_changed.connect(self._refresh)
        turns.typed.connect(self.words.clear)
        self._desk.bridge.ended.connect(self._refresh)
        self.words.textChanged.connect(self._typed)
        session.moved.connect(self._moved)
        self._desk.bridge.changed.connect(self._moved)
        self._who.activated.connect(self._chose_who)
        self._kind.activated.connect(self._refresh)
        self.takes.changed.connect(self._takes_changed)
        self._desk.prefs.changed.connect(self._preferred)
        self.speak.clicked.connect(self.act)
        self.words.done.connect(self.speak.click)  # a button that is off does nothing
        self.fan.clicked.connect(self.fan_out)
        self.both.clicked.connect(self._both)
        self.stop.clicked.connect(turns.stop)

    # acting

    def act(self) -> None:
        """Say the typed words, or let the next one speak."""
        text = self.words.toPlainText()
        if text.strip():
            named = self._ears.currentData() if self._ears.isVisible() else None
            kind = self._kind.currentData()
            self._desk.turns.say(text, None if kind is None else Kind(kind), named)
        else:
            self._desk.turns.speak()

    def fan_out(self) -> None:
        """Let the next one speak several times."""
        self._desk.turns.speak(self.takes.value())

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        buttons = (self.speak, self.fan, self.takes, self.both, self.stop)
        meant = (self._who, self._kind, self._ears, self.words)
        return [*self._chips.values(), *meant, *buttons, *self.expected.stops()]

    def chosen_chip(self) -> QWidget | None:
        """The chip of the member who speaks next, else the first one."""
        chips = list(self._chips.values())
        return next((chip for chip in chips if chip.isChecked()), chips[0] if chips else None)

    def _both(self) -> None:
        self._desk.turns.both()

    # showing

    def _opened(self) -> None:
        play = self._desk.session.play
        self._fill()
        self._kind.setCurrentIndex(0)
        draft = self._desk.session.saved.of_play(play.id).get("draft", "") if play else ""
        self.words.go_on_with(str(draft))
        self._refresh()

    def _moved(self, _: object) -> None:
        """Another place, where the cast may be another one."""
        if self._cast != self._desk.session.cast:
            self._fill()
            self._refresh()

    def _fill(self) -> None:
        self._cast = self._desk.session.cast
        self._fill_chips()
        self._who.clear()
        self._ears.clear()
        self._ears.addItem(self.tr("everyone"), None)
        for member in self._cast:
            for choice in (self._who, self._ears):
                choice.addItem(disc_icon(colour_index(member)), member.label, member.id)

    def _fill_chips(self) -> None:
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        for member in self._cast:
            chip = Chip(member.label, colour_index(member), self)
            chip.setProperty("member", member.id)
            chip.clicked.connect(self._picked)
            self._flow.addWidget(chip)
            self._chips[member.id] = chip

    def _refresh(self) -> None:
        session, play = self._desk.session, self._desk.session.play
        decision = session.decision()
        chosen = decision.queue[0] if decision.queue else ""
        for member, chip in self._chips.items():
            chip.setChecked(member == chosen)
        rule = words.rule(decision.rule)
        self._reason.set_text(f"{rule}: {decision.reason}" if play else "")
        self._who.setCurrentIndex(max(0, self._who.findData(session.typing_as)))
        aim(self._ears, self._kind.currentData(), session.typing_as, chosen)
        self._placeholder(chosen)
        self._enable(chosen)

    def _placeholder(self, chosen: str) -> None:
        play = self._desk.session.play
        if play is None:
            self.words.setPlaceholderText("")
            return
        session = self._desk.session
        me, other = session.member(session.typing_as), session.member(chosen)
        name = me.label if me else ""
        said = self.tr("Speak as {0}").format(name)
        if other is not None and not other.human:
            said = self.tr("Speak as {0}, or leave empty and let {1} speak")
            said = said.format(name, other.label)
        self.words.setPlaceholderText(said)
        self.words.viewport().update()  # Qt does not paint a placeholder again by itself

    def _enable(self, chosen: str) -> None:
        session, turns = self._desk.session, self._desk.turns
        ready = session.play is not None and not turns.waiting
        typed = bool(self.words.toPlainText().strip())
        model = bool(chosen) and ready and not self._human(chosen)
        self.speak.setEnabled(ready and (typed or bool(chosen) or session.wants))
        self.fan.setEnabled(model)
        self.both.setEnabled(model and len(session.models) > 1)
        self.stop.setEnabled(turns.running > 0)
        lonely = len(session.models) < 2
        self.both.setToolTip(self.tr("This scene has one model.") if lonely else "")
        why = self.tr("A line is still being said.") if turns.waiting else ""
        self.speak.setToolTip(why)
        if ready and not model:
            why = self.tr("Who speaks next is played by you, or nobody is chosen.")
        self.fan.setToolTip(why)

    def _human(self, member: str) -> bool:
        found = self._desk.session.member(member)
        return found is not None and found.human

    # reacting

    def _picked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._desk.session.pick(str(sender.property("member")))

    def _chose_who(self, index: int) -> None:
        self._desk.session.type_as(str(self._who.itemData(index)))

    def _typed(self) -> None:
        play = self._desk.session.play
        if play is not None:
            self._desk.session.saved.put_play(play.id, draft=self.words.toPlainText())
        self._refresh()

    def _preferred(self, name: str) -> None:
        if name == "fan_out":
            self.takes.set_value(self._desk.settings.fan_out)
        if name == "keys":
            self._hints.show_keys(self._desk.settings.keys)

    def _takes_changed(self, value: int) -> None:
        self._desk.prefs.set("fan_out", value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the shortcuts where there is no room for them."""
        super().resizeEvent(event)
        self._hints.make_visible(self.width() >= ROOMY * self.fontMetrics().averageCharWidth())
