"""Replay: the branch of the current lane as it happened, from what is stored only."""

from math import exp
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui import words
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.lanes.transcript import Transcript
from stage.ui.lanes.verbatim import printed
from stage.ui.replay.again import Again
from stage.ui.replay.transport import Transport
from stage.ui.views.view import View
from stage.ui.widgets.begins import Begins, in_order, stops_as_laid_out
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, Elided
from stage.ui.widgets.nothing import Either
from stage.ui.widgets.titlerow import title_font, title_row


class ReplayView(Begins):
    """A read-only page, and the controls of its player."""

    def __init__(self, desk: Desk) -> None:
        """Load nothing before it is seen."""
        super().__init__()
        self._desk = desk
        self._reel = desk.reel
        self.player = desk.reel.player
        self.text = Transcript(self)
        self.text.setAccessibleName(self.tr("Replay"))
        self.text.installEventFilter(self)
        self.again = Again(desk, self)
        self.transport = Transport(self.player, self)
        self.branch = Button(self.tr("Branch from here"), parent=self)
        self.anew = Button(self.tr("Perform again ..."), parent=self)
        self._title = Elided(font=title_font(), parent=self)
        self._about = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self._token = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self.body = Either(self.text, self)
        self._lay_out()
        in_order(stops_as_laid_out(self), of=self)
        self.beginning = self.body
        self.player.moved.connect(self._moved)
        self.text.chosen.connect(self._chose)
        self.branch.clicked.connect(self.branch_from_here)
        self.anew.clicked.connect(self.perform_again)
        self.again.told.connect(self._told)
        self.again.ended.connect(self._ended)
        self.body.nothing.wanted.connect(desk.wishes.action)
        self.body.nothing.again.connect(self._reel.again)
        desk.reel.changed.connect(self._changed)
        self._changed()

    def _lay_out(self) -> None:
        theme.dress(self, "page")
        self.setObjectName("pane")
        head = QWidget(self)
        top = title_row(head)
        for part, room in ((self._title, 0), (self._about, 1), (self.anew, 0), (self.branch, 0)):
            top.addWidget(part, room)
        foot = QWidget(self)
        foot.setObjectName("pane")
        theme.dress(foot, "pane-top")
        below = QVBoxLayout(foot)
        below.setContentsMargins(14, 8, 18, 8)
        below.setSpacing(4)
        below.addWidget(self._token)
        below.addWidget(self.transport)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.body, 1)
        column.addWidget(foot)

    # what is played

    def _changed(self) -> None:
        """Another record, or none and why; what is seen is read."""
        play, shown = self._desk.session.play, self._reel.shown
        if shown is None or play is None:
            self._show_nothing(self._reel.sentence)
            if self.isVisible() and not self._reel.sentence:
                self._reel.want()
            return
        self._title.set_text(self.tr("Replay of {0}").format(play.scene.title))
        self._about.set_text(self.tr("as it was recorded; nothing here is said anew"))
        self.body.show_page()
        self.transport.scrubber.show_ticks(shown.ticks())
        self._moved()

    def _show_nothing(self, sentence: str) -> None:
        self._title.set_text(self.tr("Replay"))
        self._about.set_text("")
        leaf = self._desk.session.leaf()
        if self._desk.session.play is None:
            self.body.say_no_play()
        elif leaf is not None and leaf.parent is None:
            self.body.say(sentence, act=self.tr("To the stage"), of="view-stage")
        elif self._reel.failed:
            self.body.say_unread(sentence)
        else:
            self.body.say(sentence)
        for part in (self.branch, self.anew):
            part.setEnabled(False)

    def _moved(self) -> None:
        if self._reel.shown is None or not self.isVisible():
            return
        made = self._reel.shown.entries()
        self.text.show_entries(made, to_end=True)
        for part in (self.branch, self.anew):
            part.setEnabled(bool(made))
        token = self.player.token()
        if token is None:
            self._token.set_text(self.tr("Space runs and rests, arrows go by tokens and lines"))
            return
        known = token.logprob is not None
        chance = words.percent(exp(token.logprob or 0.0)) if known else self.tr("unknown")
        said = self.tr("token {0}: {1}, p {2}")
        self._token.set_text(said.format(token.index + 1, printed(token.text), chance))
        if not self.player.playing:
            self._desk.wishes.token.emit(token.line, token.index)

    # what can be done

    def branch_from_here(self) -> None:
        """Stand on the stage where the replay stands; a line that is half said is left out."""
        told = self.player.replay.texts() if self.player.replay else []
        if not told:
            return
        line, text = told[-1]
        whole = text == line.text
        self._desk.turns.stand(line.id if whole else str(line.parent))
        self._desk.wishes.view.emit("stage")
        self._desk.wishes.focus.emit(f"lane {self._desk.session.at + 1}")
        if not whole:
            said = self.tr("The stage stands before the line that was half said.")
            self._desk.wishes.said.emit(said)

    def perform_again(self) -> None:
        """Perform the branch once more with one thing changed; while it runs, stop that."""
        if self.again.running:
            self.again.stop()
        elif self._reel.leaf:
            self.again.begin(self._reel.leaf)

    def _told(self, sentence: str) -> None:
        self._token.set_text(sentence)
        rests = self.tr("Perform again ...")
        self.anew.set_text(self.tr("Stop") if self.again.running else rests)

    def _ended(self, old: str, new: str) -> None:
        if new and new != old:
            self._desk.wishes.compare.emit([old, new])

    def _chose(self, line_id: str) -> None:
        self._desk.session.choose(line_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Once seen, read what the stage shows now."""
        super().showEvent(event)
        self._reel.want()
        self._moved()

    def hideEvent(self, event: Any) -> None:
        """What is not seen does not run."""
        super().hideEvent(event)
        self.player.pause()

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Keys that the page would scroll with are the player's."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(thing, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Space runs and rests, arrows step, plus and minus change the speed."""
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        player, key = self.player, Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: (-1, False), Qt.Key.Key_Right: (1, False),
                 Qt.Key.Key_Up: (-1, True), Qt.Key.Key_Down: (1, True)}  # fmt: skip
        others = {Qt.Key.Key_Space: player.toggle, Qt.Key.Key_Home: player.begin,
                  Qt.Key.Key_End: player.end}  # fmt: skip
        if key in steps:
            by, lines = steps[key]
            player.step(by, lines=lines)
        elif key in others:
            others[key]()
        elif event.text() in ("+", "-"):
            player.faster(1 if event.text() == "+" else -1)
        else:
            return False
        return True


ENTRY = View("replay", ReplayView, frozenset({"right"}))
