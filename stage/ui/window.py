"""The window: a frame around its parts; it decides nothing."""

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenuBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from stage.kit.tasks import spawn
from stage.ui import fonts, icons, theme
from stage.ui.centre import Centre
from stage.ui.desk import Desk
from stage.ui.dialogs.opening import Dialogs
from stage.ui.edges import Foot, ModelDots
from stage.ui.menus import Menus
from stage.ui.sides import Side
from stage.ui.widgets.labels import label

SMALLEST = (1024, 640)


class Window(QWidget):
    """Everything on one desk.

    Signals:
        close_wanted: the user closes it; whoever opened it ends in good order.
    """

    close_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Build the window; nothing is loaded here."""
        super().__init__()
        self.desk: Desk = desk
        self.setWindowTitle("Stage")
        self.setWindowIcon(icons.application_icon())
        self.setMinimumSize(*SMALLEST)
        self._hidden: set[str] = set()
        self._bar = QMenuBar(self)
        self._left = Side(desk, "left", self)
        self._right = Side(desk, "right", self)
        self.centre = Centre(desk, self)
        self.foot = Foot(desk, self)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        self.menus = Menus(self, self._bar, self)
        self._dialogs = Dialogs(desk, self)
        self._connect()
        self._restore()

    def _lay_out(self) -> None:
        theme.dress(self._bar, "bar")
        theme.dress(self._split, "splitter")
        self._split.setHandleWidth(1)
        for at, pane in enumerate((self._left, self.centre, self._right)):
            self._split.addWidget(pane)
            self._split.setStretchFactor(at, int(pane is self.centre))
        self._left.setMinimumWidth(180)
        self._right.setMinimumWidth(220)
        self._split.setSizes([248, 10_000, 300])
        top = QWidget(self)
        top.setObjectName("pane")
        theme.dress(top, "pane-bottom")
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 0, 0, 1)
        row.setSpacing(8)
        name = label("Stage", font=fonts.interface(weight=QFont.Weight.Bold))
        row.addWidget(name)
        row.addWidget(self._bar)
        row.addStretch(1)
        row.addWidget(ModelDots(self.desk, top))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self._split, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        desk = self.desk
        desk.session.lanes_changed.connect(self._lanes_changed)
        desk.session.opened.connect(self._opened)
        desk.wishes.focus.connect(self.focus_on)
        desk.wishes.token.connect(self._token)
        self.centre.empty.wanted.connect(self.new_play)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._desktop_changed)
        self._lanes_changed()
        self._opened()

    def _restore(self) -> None:
        saved = self.desk.session.saved
        size = saved.get("size", [1280, 800])
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(int(size[0]), room.width()), min(int(size[1]), room.height()))
        state = saved.get("split", "")
        if state:
            self._split.restoreState(QByteArray.fromBase64(str(state).encode()))

    def come(self) -> None:
        """Come to the front."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def remember(self) -> None:
        """Keep size and splitters."""
        saved = self.desk.session.saved
        saved.put("size", [self.width(), self.height()])
        saved.put("split", bytes(self._split.saveState().toBase64().data()).decode())
        saved.write()

    # what actions ask for (actions.Frame)

    def speak(self) -> None:
        """Say what is typed, or let the next one speak."""
        self.centre.composer.act()

    def fan_out(self) -> None:
        """Let the next one speak several times."""
        self.centre.composer.fan_out()

    def lanes(self, count: int) -> None:
        """Show one or two lanes."""
        self.desk.session.set_lanes(count)

    def shut(self) -> None:
        """Close, in good order."""
        self.close_wanted.emit()

    def focus_on(self, place: str) -> None:
        """Give the keyboard to a place by name."""
        if place == "prompt":
            self.show_prompt()
            return
        target = self._places().get(place)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_pane(self, step: int) -> None:
        """Go round the panes with the keyboard."""
        places = [each for each in self._places().values() if each.isVisible()]
        now = QApplication.focusWidget()
        at = next((i for i, each in enumerate(places) if now and _holds(each, now)), -1)
        places[(at + step) % len(places)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_pane(self, side: str) -> None:
        """Show or hide a side pane."""
        pane = self._left if side == "left" else self._right
        pane.setVisible(not pane.isVisible())
        self._hidden ^= {side}

    def set_scheme(self, scheme: str) -> None:
        """Draw in light, dark, or as the desktop."""
        self.desk.settings.scheme = scheme
        self.desk.keep()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme)

    def colour_tokens(self) -> None:
        """Switch the tint of tokens."""
        self.desk.settings.colour_tokens = not self.desk.settings.colour_tokens
        self.desk.keep()
        self.desk.wishes.tinting.emit()

    def spoken_size(self, step: float) -> None:
        """Set spoken text larger or smaller."""
        settings = self.desk.settings
        settings.spoken_size = min(40.0, max(9.0, settings.spoken_size + step))
        self.desk.keep()
        for lane in self.centre.lanes:
            lane.text.set_spoken_size(settings.spoken_size)
        self.centre.composer.words.setFont(fonts.spoken(settings.spoken_size))

    def step_line(self, step: int) -> None:
        """Choose the line before or after in the lane with the keyboard."""
        lane = self.centre.current()
        wanted = lane.text.neighbour(step) if lane else ""
        if wanted:
            self.desk.session.choose(wanted)

    def step_token(self, step: int) -> None:
        """Look at the token before or after."""
        panel = self._right.panels["alternatives"]
        panel.step(step)  # type: ignore[attr-defined]

    def copy_line(self) -> None:
        """Put the stored text of the chosen line on the clipboard."""
        line = self.desk.session.chosen_line()
        if line is not None:
            QGuiApplication.clipboard().setText(line.text)
            self.desk.wishes.said.emit(self.tr("The line is on the clipboard."))

    def new_play(self) -> None:
        """Ask for a scene and its models, then set it."""
        self._dialogs.new_play()

    def show_prompt(self) -> None:
        """Show the prompt of the chosen line exactly as it was sent."""
        self._dialogs.prompt()

    def recast(self) -> None:
        """Ask who plays the member that speaks next, or another one, from here on."""
        decision = self.desk.session.decision()
        self._dialogs.recast(decision.queue[0] if decision.queue else "")

    def show_shortcuts(self) -> None:
        """Show every action with its keys."""
        self._dialogs.shortcuts(self.menus.sheet())

    def show_about(self) -> None:
        """Say what Stage is."""
        self._dialogs.about()

    # inside

    def _places(self) -> dict[str, QWidget]:
        lists = {name: pane.findChildren(QWidget) for name, pane in self._left.panels.items()}
        first = {
            name: next(
                (each for each in found if each.focusPolicy() & Qt.FocusPolicy.TabFocus), None
            )
            for name, found in lists.items()
        }
        places = {name: each for name, each in first.items() if each is not None}
        for at, lane in enumerate(self.centre.lanes):
            places[f"lane {at + 1}"] = lane.text
        chip = self.centre.composer.chosen_chip()
        return {
            **places,
            **({"next": chip} if chip else {}),
            "composer": self.centre.composer.words,
        }

    def _lanes_changed(self) -> None:
        for lane in self.centre.lanes:
            self.menus.add_to_transcript(lane.text)

    def _opened(self) -> None:
        play = self.desk.session.play
        self.setWindowTitle(f"{play.scene.title} — Stage" if play else "Stage")
        self._right.setVisible(play is not None and "right" not in self._hidden)
        if play is not None and self.isVisible():
            self.focus_on("composer")
        if play is not None and self.desk.settings.warm_models and self.isVisible():
            spawn(self.desk.director.warm(play), name="warm models")

    def _desktop_changed(self) -> None:
        app = QApplication.instance()
        if self.desk.settings.scheme == "auto" and isinstance(app, QApplication):
            theme.apply(app, "auto")

    def _token(self, line_id: str, token: int) -> None:
        self.desk.session.choose(line_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Once seen, let the models of the play be read."""
        super().showEvent(event)
        self._opened()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is whoever opened it's to do, in the house's order."""
        event.ignore()
        self.close_wanted.emit()


def _holds(place: QWidget, widget: QWidget) -> bool:
    return place is widget or place.isAncestorOf(widget)
