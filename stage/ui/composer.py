"""Below the lanes: who speaks next, one's own words, and the buttons that act."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from stage.ui import fonts, theme, words
from stage.ui.actions import key_of
from stage.ui.desk import Desk
from stage.ui.glyphs import colour_index
from stage.ui.icons import disc_icon
from stage.ui.widgets.buttons import Button, Chip
from stage.ui.widgets.fields import Choice, Count
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, Elided, label

ROOMY = 80  # characters; below it, shortcuts do not stand beside their buttons


class Words(QPlainTextEdit):
    """Where one's own words are typed: plain text, as tall as it needs to be."""

    def __init__(self, size: float, parent: QWidget) -> None:
        """Set in the serif of spoken text."""
        super().__init__(parent)
        self.setFont(fonts.spoken(size))
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Your own words"))
        self.document().setDocumentMargin(5)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.dress(self, "text")
        self._fit()

    def _fit(self) -> None:
        rows = min(6, max(2, int(self.document().size().height())))
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + 22)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def sizeHint(self) -> QSize:
        """Two rows."""
        return QSize(200, self.height())


class Composer(QWidget):
    """Next speakers, words, buttons."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Act on a desk's session."""
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("pane")
        theme.dress(self, "pane-top")
        self.words = Words(desk.settings.spoken_size, self)
        self._chips: dict[str, Chip] = {}
        self._hints: dict[str, QLabel] = {}
        self._reason = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self._who = Choice(self.tr("Type as"), self)
        self.speak = Button(self.tr("Speak"), primary=True, parent=self)
        self.fan = Button(self.tr("Fan out"), parent=self)
        self.takes = Count(
            self.tr("How many takes a fan-out makes"), self.tr("takes"), range(2, 17), self
        )
        self.both = Button(self.tr("Both models"), parent=self)
        self.stop = Button(self.tr("Stop"), parent=self)
        self._prepare()
        self._lay_out()
        self._connect()
        self._opened()

    def _prepare(self) -> None:
        self._who.setMinimumWidth(118)
        self._who.setIconSize(QSize(16, 16))
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
        middle.addWidget(self._who, 0, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 8, 18, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(middle)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        acting, ending = QWidget(self), QWidget(self)
        act, end = Flow(acting, spacing=8), Flow(ending, spacing=8)
        for thing in (self.speak, "speak", self.fan, self.takes, "fan-out", self.both):
            self._put(act, thing)
        for thing in (self.stop, "stop"):
            self._put(end, thing)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(acting, 1)
        row.addWidget(ending, 0, Qt.AlignmentFlag.AlignTop)
        self._show_keys()
        return row

    def _show_keys(self) -> None:
        for action, hint in self._hints.items():
            hint.setText(key_of(action, self._desk.settings.keys))

    def _put(self, row: Flow, thing: QWidget | str) -> None:
        if isinstance(thing, str):
            hint = self._hints[thing] = label(font=fonts.interface(fonts.TINY), role=MUTED)
            hint.setContentsMargins(0, 0, 6, 0)
            row.addWidget(hint)
        else:
            row.addWidget(thing)

    def _connect(self) -> None:
        session, turns = self._desk.session, self._desk.turns
        session.opened.connect(self._opened)
        session.next_changed.connect(self._refresh)
        turns.busy_changed.connect(self._refresh)
        turns.typed.connect(self.words.clear)
        self._desk.bridge.ended.connect(self._refresh)
        self.words.textChanged.connect(self._typed)
        self._who.activated.connect(self._chose_who)
        self.takes.changed.connect(self._takes_changed)
        self._desk.prefs.changed.connect(self._preferred)
        self.speak.clicked.connect(self.act)
        self.fan.clicked.connect(self.fan_out)
        self.both.clicked.connect(self._both)
        self.stop.clicked.connect(turns.stop)

    # acting

    def act(self) -> None:
        """Say the typed words, or let the next one speak."""
        text = self.words.toPlainText()
        if text.strip():
            self._desk.turns.say(text)
        else:
            self._desk.turns.speak()

    def fan_out(self) -> None:
        """Let the next one speak several times."""
        self._desk.turns.speak(self.takes.value())

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        buttons = (self.speak, self.fan, self.takes, self.both, self.stop)
        return [*self._chips.values(), self._who, self.words, *buttons]

    def chosen_chip(self) -> QWidget | None:
        """The chip of the member who speaks next, else the first one."""
        chips = list(self._chips.values())
        return next((chip for chip in chips if chip.isChecked()), chips[0] if chips else None)

    def _both(self) -> None:
        self._desk.turns.both()

    # showing

    def _opened(self) -> None:
        play = self._desk.session.play
        self._fill_chips()
        self._who.clear()
        for member in play.scene.cast if play else ():
            self._who.addItem(disc_icon(colour_index(member)), member.label, member.id)
        draft = self._desk.session.saved.of_play(play.id).get("draft", "") if play else ""
        self.words.setPlainText(str(draft))
        self._refresh()

    def _fill_chips(self) -> None:
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        play = self._desk.session.play
        for member in play.scene.cast if play else ():
            chip = Chip(member.label, colour_index(member), self)
            chip.setProperty("member", member.id)
            chip.clicked.connect(self._picked)
            self._flow.addWidget(chip)
            self._chips[member.id] = chip

    def _refresh(self) -> None:
        session = self._desk.session
        play = session.play
        decision = session.decision()
        chosen = decision.queue[0] if decision.queue else ""
        for member, chip in self._chips.items():
            chip.setChecked(member == chosen)
        rule = words.rule(decision.rule)
        self._reason.set_text(f"{rule}: {decision.reason}" if play else "")
        self._who.setCurrentIndex(max(0, self._who.findData(session.typing_as)))
        self._placeholder(chosen)
        self._enable(chosen)

    def _placeholder(self, chosen: str) -> None:
        play = self._desk.session.play
        if play is None:
            self.words.setPlaceholderText("")
            return
        me = play.scene.cast.label(self._desk.session.typing_as) or ""
        other = play.scene.cast.label(chosen) if chosen else None
        said = self.tr("Speak as {0}").format(me)
        if other and not play.scene.cast[chosen].human:
            said = self.tr("Speak as {0}, or leave empty and let {1} speak").format(me, other)
        self.words.setPlaceholderText(said)
        self.words.viewport().update()  # Qt does not paint a placeholder again by itself

    def _enable(self, chosen: str) -> None:
        session, turns = self._desk.session, self._desk.turns
        ready = session.play is not None and not turns.waiting
        typed = bool(self.words.toPlainText().strip())
        model = bool(chosen) and ready and not self._human(chosen)
        self.speak.setEnabled(ready and (typed or bool(chosen)))
        self.fan.setEnabled(model)
        self.both.setEnabled(model and len(session.models) > 1)
        self.stop.setEnabled(turns.running > 0)
        self.both.setToolTip(
            "" if len(session.models) > 1 else self.tr("This scene has one model.")
        )
        why = self.tr("A line is still being said.") if turns.waiting else ""
        self.speak.setToolTip(why)
        if ready and not model:
            why = self.tr("Who speaks next is played by you, or nobody is chosen.")
        self.fan.setToolTip(why)

    def _human(self, member: str) -> bool:
        play = self._desk.session.play
        return play is not None and play.scene.cast[member].human

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
            self._show_keys()

    def _takes_changed(self, value: int) -> None:
        self._desk.prefs.set("fan_out", value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the shortcuts where there is no room for them."""
        super().resizeEvent(event)
        for hint in self._hints.values():
            hint.setVisible(self.width() >= ROOMY * self.fontMetrics().averageCharWidth())
