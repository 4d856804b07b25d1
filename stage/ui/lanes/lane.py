"""One lane: who speaks here, the transcript, and a card when something went wrong."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.director.events import Changed, Changes
from stage.director.opened import OpenPlay
from stage.kit.tasks import spawn
from stage.play.line import Line, Status
from stage.ui import words
from stage.ui.actions import keys
from stage.ui.actions.table import key_of
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.lanes.aloud import announce
from stage.ui.lanes.anchor import Anchor
from stage.ui.lanes.entries import Entries
from stage.ui.lanes.entry import entry
from stage.ui.lanes.failures import Failures
from stage.ui.lanes.ghost import GhostLine
from stage.ui.lanes.head import LaneHead
from stage.ui.lanes.ink import Tint
from stage.ui.lanes.links import offer
from stage.ui.lanes.transcript import Transcript, line_at, mark_token
from stage.ui.lens.tinting import places, token_at
from stage.ui.pacing.soon import Soon

LEAST = 240  # pixels: a narrower lane breaks names


HELD = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Alt": Qt.KeyboardModifier.AltModifier,
        "Shift": Qt.KeyboardModifier.ShiftModifier}  # fmt: skip


class LaneText(Transcript):
    """A transcript that says when the keyboard comes to it.

    Signals:
        clicked: what a click with keys held means in the preset, and the line it was on.
    """

    clicked = Signal(str, str)

    def __init__(self, desk: Desk, at: int, parent: QWidget) -> None:
        """Belong to the lane of an index."""
        super().__init__(parent, desk.session.agenda)
        self._desk, self._at = desk, at
        self.linked.connect(self._offer)

    def _offer(self, address: str, where: QPoint) -> None:
        offer(self, [address], where, self._desk.wishes.said.emit)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The lane with the keyboard is the one that keys act on."""
        super().focusInEvent(event)
        self._desk.session.focus_lane(self._at)
        self.viewport().update()

    def _meant(self, event: QMouseEvent) -> str:
        """What a click means with the keys that are held, "" for what it usually does."""
        held = "+".join(name for name, key in HELD.items() if event.modifiers() & key)
        clicks = keys.preset(self._desk.settings.keys).clicks if held else {}
        return next((what for what, each in clicks.items() if each == held), "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """With keys held a click means a line, a token or a place, and selects nothing."""
        what, where = self._meant(event), event.position().toPoint()
        if not what or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setTextCursor(self.cursorForPosition(where))
        if line := line_at(self, where):
            self.chosen.emit(line)
            self.clicked.emit(what, line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where nothing is said yet, say how to begin."""
        super().paintEvent(event)
        if self.script.newest is not None or self._desk.session.play is None:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(theme.tokens(self).muted))
        painter.setFont(fonts.interface())
        key = key_of("speak", self._desk.settings.keys)
        said = self.tr("Nothing is said yet. Type below how it begins; {0} says it.").format(key)
        left = int(self.document().rootFrame().frameFormat().leftMargin())
        space = self.viewport().rect().adjusted(left, 18, -16, 0)
        painter.drawText(space, Qt.TextFlag.TextWordWrap, said)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click with keys held is done already."""
        if not self._meant(event):
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The line under the mouse is the one that actions act on; a selection is copied."""
        if self.textCursor().hasSelection():
            super().contextMenuEvent(event)
            return
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            line = line_at(self, event.pos())
            if line:
                self.chosen.emit(line)
        self._desk.wishes.menu.emit(event.globalPos())


class LaneView(QWidget):
    """Shows one lane of the session."""

    def __init__(self, desk: Desk, at: int, parent: QWidget | None = None) -> None:
        """Show the lane of an index."""
        super().__init__(parent)
        self._desk, self._at, self._name = desk, at, f"lane {at}"
        self._pace: dict[str, str] = {}
        self._asking = self._seen = False
        self._marked = ("", -1)  # the line and the token of it that are looked at
        self._entries = Entries()
        self._soon = Soon(self.refresh, self, agenda=desk.session.agenda)
        self.failures = Failures(desk, at, self)
        self.head = LaneHead(desk, at, self)
        self.text = LaneText(desk, at, self)
        self.text.set_spoken_size(desk.settings.spoken_size)
        self._anchor = Anchor(self.text, at, desk.session)
        self.ghost = GhostLine(desk, at, self)
        self.setMinimumWidth(LEAST)
        self._lay_out()
        self._connect()
        self.refresh()
        self._chosen()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.text, 1)
        column.addWidget(self.ghost)
        column.addWidget(self.failures)

    def _connect(self) -> None:
        desk, session = self._desk, self._desk.session
        self.text.chosen.connect(self._chose)
        self.text.switched.connect(desk.siblings.switch)
        self.text.pressed.connect(desk.wishes.token)
        self.text.clicked.connect(self._clicked)
        desk.wishes.token.connect(self._mark)
        session.opened.connect(self._opened)
        session.moved.connect(self._moved)
        session.chose.connect(self._chosen)
        desk.turns.typed.connect(self._said)
        desk.bridge.changed.connect(self._changed)
        desk.bridge.grew.connect(self._grew)
        desk.bridge.ended.connect(self._ended)
        desk.bridge.started.connect(self._started)
        desk.looks.arrived.connect(self._arrived)
        desk.shelf.prepared.connect(self._prepared)
        desk.prefs.changed.connect(self._preferred)
        self.text.verticalScrollBar().valueChanged.connect(self._scrolled)

    # showing

    def _said(self) -> None:
        """One's own words were said: wherever one had read, they are seen, and who answers."""
        session = self._desk.session
        if self._at < len(session.lanes) and session.lanes[self._at].history != "frozen":
            self.text.follower.jump()

    def refresh(self) -> None:
        """Show the lane's whole path."""
        session = self._desk.session
        if session.play is None or self._at >= len(session.lanes):
            self.text.show_entries([])
            return
        path = session.path(self._at)
        wanted = (session.chosen, self._anchor.line())
        shown = self._entries.of(session.play, path, self._pace, wanted)
        if len(shown) < len(path) or self._entries.behind:
            session.agenda.add(self.refresh)
        new = bool(shown) and not self.text.script.shows(shown[-1].id)
        self.text.show_entries(shown, to_end=new)
        if self._marked[0] and not self.text.script.shows(self._marked[0]):
            self._mark("", -1)
        self.text.read(session.lanes[self._at].read)
        self.head.refresh()
        self._tint()
        if not self._asking and session.play.tree.lacking(session.lanes[self._at].leaf):
            self._asking = True
            spawn(self._surround(session.play, session.lanes[self._at].leaf), name="siblings")

    async def _surround(self, play: OpenPlay, leaf: str) -> None:
        """Read the siblings of a long path behind what is shown already."""
        try:
            await self._desk.director.surround(play, leaf)
        finally:
            self._asking = False
        if self._desk.session.play is play:
            self._desk.session.agenda.add(self.refresh)
        else:
            self._soon.ask()  # the play of now was not asked about while this one was

    def _opened(self) -> None:
        self.text.viewport().setUpdatesEnabled(False)  # what goes is not painted once more
        self._desk.session.agenda.add(self._leave)

    def _leave(self) -> None:
        """What is of another play is not laid out anew for the lanes of this one."""
        self.text.viewport().setUpdatesEnabled(True)
        if self._at < len(self._desk.session.lanes):
            self.text.show_entries([])

    def _changed(self, event: Changed) -> None:
        """An operation may have changed names, casts or marks."""
        if event.changes & Changes.TREE:
            self._entries.forget()
            self._desk.session.agenda.add(self.refresh)

    def _moved(self, at: int) -> None:
        if at == self._at:
            self.refresh()

    def _chose(self, line_id: str) -> None:
        self._desk.session.choose(line_id, self._at)

    def _clicked(self, what: str, line_id: str) -> None:
        line, looks = self._told(line_id), self._desk.looks
        if what == "split":
            self._desk.wishes.action.emit("split")
        elif what == "token" and line is not None:
            sight = looks.sight(line_id, looks.own(line))
            at = token_at(sight, self.text.caret.point(line_id)) if sight is not None else -1
            self._desk.wishes.token.emit(line_id, max(0, at))

    def _chosen(self) -> None:
        session, chosen = self._desk.session, self._desk.session.chosen
        waits = bool(chosen) and not self.text.script.shows(chosen)
        if waits and any(each.id == chosen for each in session.path(self._at)):
            self.refresh()  # of a long path only the end may be told yet: down to this line, now
        self.text.choose(chosen)
        if self._marked[0] not in ("", chosen):
            self._mark("", -1)

    def _started(self, event: Any) -> None:
        play, leaf = self._desk.session.play, self._desk.session.leaf(self._at)
        if play is None or leaf is None or leaf.id == event.line.parent:
            return
        if play.tree.is_under(leaf.id, event.line.parent):
            self._soon.ask()  # the switch of a line shown counts one more

    def _grew(self, event: Any) -> None:
        play, line, newest = self._desk.session.play, event.line, self.text.script.newest
        shown = newest is not None and newest.id == line.id
        if shown and play is not None and play.tree.at_hand(line.id) is not None:
            self._pace[line.id] = words.speed(line.generated, event.seconds)
            self.text.grow(entry(play, line, self._pace[line.id]))

    def _ended(self, event: Any) -> None:
        play = self._desk.session.play
        self._pace.pop(event.line.id, None)
        there = play is not None and play.tree.at_hand(event.line.id) is not None
        if play is not None and there and self.text.script.shows(event.line.id):
            self.refresh()
            announce(self.text, entry(play, event.line))

    def _prepared(self, model: str, said: str) -> None:
        lane = self._desk.session.lanes[self._at : self._at + 1]
        if not lane or lane[0].model not in (None, model):
            return
        if said:
            self.head.say(said)
        else:
            self.head.refresh()
        leaf = self._desk.session.leaf(self._at)
        if leaf is not None and leaf.status is Status.RUNNING and not leaf.text:
            self._pace[leaf.id] = said
            self.refresh()

    # tokens

    def _arrived(self, line_id: str) -> None:
        if self.text.script.index(line_id) >= 0:
            self._desk.session.agenda.add(self._look_again)
        if line_id == self._marked[0]:
            self._show_mark()

    def _look_again(self) -> None:
        self.head.refresh()
        self._tint()

    def _scrolled(self) -> None:
        if not self.text.filler.writing:
            self._tint()

    def _tint(self) -> None:
        looks = self._desk.looks
        by = looks.by if self.isVisible() else None
        if by is None:
            self.text.clear_tints()
            looks.watch(self._name, ())
            return
        seen = self.text.visible_lines()
        for line_id in seen:
            self._reading(line_id)
            shade = looks.shade(line_id, by)
            self.text.tint(line_id, shade.tints if shade else (), shade.tips if shade else ())
        looks.watch(self._name, seen)

    def _mark(self, line_id: str, token: int) -> None:
        self._marked = (line_id, token)
        if found := self._show_mark():
            self.text.caret.show_at(line_id, found[0].start, found[-1].end)

    def _show_mark(self) -> Sequence[Tint]:
        """A line round the token that is looked at, once it is known where it stands: there."""
        (line_id, token), looks = self._marked, self._desk.looks
        line = self._told(line_id)
        sight = looks.sight(line_id, looks.own(line)) if line is not None else None
        found = places(sight, token) if sight is not None else ()
        mark_token(self.text, line_id, found)
        return found if self.text.script.index(line_id) >= 0 else ()

    def _preferred(self, name: str) -> None:
        if name in ("colour_tokens", "colour_by"):
            self._desk.looks.resume()
            self._tint()
        if name == "spoken_size":
            self.text.set_spoken_size(self._desk.settings.spoken_size)

    def _reading(self, line_id: str) -> Any:
        line = self._told(line_id)
        if line is None or line.model is None or line.reason is None:
            return None
        return self._desk.details.get(line_id)

    def _told(self, line_id: str) -> Line | None:
        play = self._desk.session.play
        return play.tree.at_hand(line_id) if play else None

    def showEvent(self, event: QShowEvent) -> None:
        """Colour what is seen now; the first time it is where one read last."""
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            self._anchor.stand()
        self._tint()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen wants no colours."""
        super().hideEvent(event)
        self._desk.looks.watch(self._name, ())

    def rest(self) -> None:
        """Be out of sight, and hold nothing."""
        self.hide()
        self.failures.clear()
        self._soon.ask()
