"""The head of a lane: its model, frame and history, what its prompt cost, and a menu."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QFont, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from stage.play.line import Status
from stage.play.prompting.budget import how_many
from stage.ui import words
from stage.ui.actions.table import key_of
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.lanes.lanes import HISTORIES, History, Lane
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, Elided, plain_tip

LEFT, GAP = 18, 10  # pixels


class LaneHead(QWidget):
    """Says what a lane shows; its menu changes it."""

    def __init__(self, desk: Desk, at: int, parent: QWidget | None = None) -> None:
        """Head the lane of an index."""
        super().__init__(parent)
        self._desk, self._at = desk, at
        self._narrow = False
        self.setObjectName("pane")
        theme.dress(self, "page-bottom")
        strong = fonts.interface(13, QFont.Weight.DemiBold)
        self._model = Elided(font=strong, least=70, parent=self)
        self._frame = Elided(font=fonts.interface(12), role=MUTED, parent=self)
        right = Qt.AlignmentFlag.AlignRight
        self._facts = Elided(font=fonts.interface(12), role=MUTED, align=right, parent=self)
        self.more = Link(self.tr("Lane \u25be"), self)
        self.more.setAccessibleName(self.tr("Options of lane {0}").format(at + 1))
        self.more.clicked.connect(self._open_menu)
        self.stop = Link(self.tr("Stop"), self)
        self.stop.setAccessibleName(self.tr("Stop lane {0}").format(at + 1))
        self.stop.clicked.connect(self._stop)
        self.stop.hide()
        self._tall = self._model.sizeHint().height()
        desk.session.lanes_changed.connect(self._arrange)
        desk.shelf.changed.connect(self.refresh)
        desk.turns.busy_changed.connect(self._offer_stop)
        self._arrange()

    def _arrange(self) -> None:
        """In one row; of several lanes, all alike, what they have heard stands below."""
        self._narrow = len(self._desk.session.lanes) > 1
        self.setFixedHeight(max(38, (2 * self._tall if self._narrow else self._tall) + 16))
        self._place()

    def _place(self) -> None:
        """Put the parts where they belong; a layout would make every lane's be done again."""
        right, more, tall = self.width() - 14, self.more.sizeHint(), self._tall
        top = (self.height() - (2 * tall if self._narrow else tall)) // 2
        self.more.setGeometry(
            right - more.width(), top + (tall - more.height()) // 2, more.width(), more.height()
        )
        room = right - more.width() - GAP - LEFT
        if not self.stop.isHidden():
            stop = self.stop.sizeHint()
            where = right - more.width() - GAP - stop.width()
            high = top + (tall - stop.height()) // 2
            self.stop.setGeometry(where, high, stop.width(), stop.height())
            room -= stop.width() + GAP
        model = min(self._model.sizeHint().width(), room)
        self._model.setGeometry(LEFT, top, model, tall)
        left, row, end = LEFT + model + GAP, top, right - more.width() - GAP
        if self._narrow:
            left, row, end = LEFT, top + tall, right
        facts = min(self._facts.sizeHint().width(), max(0, end - left) * 2 // 3)
        self._facts.setGeometry(end - facts, row, facts, tall)
        self._frame.setGeometry(left, row, max(0, end - facts - GAP - left), tall)

    def refresh(self) -> None:
        """Read model, frame, history and facts again."""
        lane, play = self._lane(), self._desk.session.play
        if lane is None or play is None:
            return
        self._model.set_text(self._title(lane))
        reading = self._last_reading()
        plain = lane.history == "own" and len(self._desk.session.lanes) == 1
        sharing = sum(each.history == "shared" for each in self._desk.session.lanes)
        alone = lane.history == "shared" and sharing == 1
        kept = self.tr("shared with no other lane") if alone else history(lane.history)
        said = ["" if plain else kept, self._frame_words(reading)]
        self._frame.set_text(" · ".join(filter(None, said)))
        self._facts.set_text(self._state(self._only(lane)) or self._prompt_words(reading))
        self._offer_stop()
        self._place()

    def _offer_stop(self) -> None:
        """Of several lanes, each that speaks can be stopped alone; of one, the composer does it."""
        wanted = self._speaks() and len(self._desk.session.lanes) > 1
        if wanted == self.stop.isHidden():
            key = key_of("stop-lane", self._desk.settings.keys)
            self.stop.setToolTip(plain_tip(self.tr("{0} in this lane").format(key)) if key else "")
            self.stop.setVisible(wanted)
            self._place()

    def _speaks(self) -> bool:
        leaf = self._desk.session.leaf(self._at)
        return leaf is not None and leaf.status is Status.RUNNING

    def _stop(self) -> None:
        self._desk.turns.stop_lane(self._at)

    def say(self, text: str) -> None:
        """Show how far the model is, where the facts stand."""
        self._facts.set_text(text)
        self._place()

    # what it says

    def _lane(self) -> Lane | None:
        lanes = self._desk.session.lanes
        return lanes[self._at] if self._at < len(lanes) else None

    def _only(self, lane: Lane) -> str | None:
        models = self._desk.session.models
        return models[0] if lane.model is None and len(models) == 1 else lane.model

    def _title(self, lane: Lane) -> str:
        play, model = self._desk.session.play, self._only(lane)
        if play is None:
            return ""
        if model is not None:
            return play.title_of(model)
        if play.scene.fan_out:
            return ", ".join(play.title_of(name) for name in play.scene.fan_out)
        return self.tr("Each with its own model")

    def _last_reading(self) -> Any:
        """What is known of the last line that a model made, its own model where it has one."""
        session, lane = self._desk.session, self._lane()
        said = (line for line in reversed(session.path(self._at)) if line.model and line.reason)
        model = lane.model if lane else None
        last = next((line for line in said if model in (None, line.model)), None)
        return self._desk.details.get(last.id) if last else None

    def _frame_words(self, reading: Any) -> str:
        frame = reading.detail.frame if reading else None
        return words.frame(str(frame)) if frame is not None else ""

    def _prompt_words(self, reading: Any) -> str:
        if reading is None or not reading.detail.prompt:
            return ""
        prompt = reading.detail.prompt
        parts = [words.count(len(prompt["tokens"]), "token")]
        kept = (reading.detail.timings or {}).get("prompt_tokens_kept")
        if kept:
            parts.append(self.tr("{0} kept").format(words.number(kept)))
        if prompt["repairs"]:
            parts.append(words.count(len(prompt["repairs"]), "repair"))
        if prompt["dropped"]:
            parts.append(self.tr("{0} left out").format(how_many(prompt["dropped"])))
        return ", ".join(parts)

    def _state(self, model: str | None) -> str:
        for standing in self._desk.shelf.standings():
            mine = model is None or standing.name == model
            if mine and standing.phase in ("loading", "stopping"):
                return standing.words if model else f"{standing.title}: {standing.words}"
        return ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room."""
        super().resizeEvent(event)
        self._place()

    # its menu

    def menu(self) -> QMenu:
        """What can be done with this lane."""
        session, lane = self._desk.session, self._lane()
        menu = QMenu(self)
        theme.dress(menu, "menu")
        if lane is None or session.play is None:
            return menu
        change = partial(session.set_lane, self._at)
        if len(session.lanes) > 1:
            group = QActionGroup(menu)
            for name in session.models:
                title = session.play.title_of(name)
                _choice(menu, group, title, lane.model == name, partial(change, model=name))
            menu.addSeparator()
        group = QActionGroup(menu)
        for kind in HISTORIES:
            title = long_history(kind)
            _choice(menu, group, title, lane.history == kind, partial(change, history=kind))
        menu.addSeparator()
        group = QActionGroup(menu)
        for title, read in ((self.tr("Verbatim"), False), (self.tr("Read as Markdown"), True)):
            _choice(menu, group, title, lane.read == read, partial(change, read=read))
        menu.addSeparator()
        stop = menu.addAction(self.tr("Stop this lane"))
        stop.setEnabled(self._speaks())
        stop.triggered.connect(self._stop)
        close = menu.addAction(self.tr("Close this lane"))
        close.setEnabled(len(session.lanes) > 1)
        close.triggered.connect(partial(session.close_lane, self._at))
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


def _choice(
    menu: QMenu, group: QActionGroup, title: str, on: bool, do: Callable[[], object]
) -> QAction:
    action = menu.addAction(title.replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(on)
    group.addAction(action)
    action.triggered.connect(partial(_do, do))
    return action


def _do(do: Callable[[], object], checked: bool = False) -> None:
    do()


def history(kind: History) -> str:
    """A lane's history in two words."""
    return words.tr("words", _HISTORIES[kind][0])


def long_history(kind: History) -> str:
    """A lane's history as a choice in a menu."""
    return words.tr("words", _HISTORIES[kind][1])


_HISTORIES: dict[History, tuple[str, str]] = {
    "own": ("own history", "Own history: goes on from its own last line"),
    "shared": ("shared history", "Shared history: lanes that share it go on from the one in use"),
    "frozen": ("frozen", "Frozen here: every take comes after this same text"),
}
