"""The window: a frame around its parts; it decides nothing."""

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QFont,
    QGuiApplication,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenuBar, QVBoxLayout, QWidget

from stage.kit.tasks import spawn
from stage.ui.actions.arrivals import Arrivals
from stage.ui.actions.lines import Acts
from stage.ui.actions.menus import Menus
from stage.ui.actions.splitting import Splitting
from stage.ui.actions.stagecraft import Stagecraft
from stage.ui.actions.tokens import TokenActs
from stage.ui.actions.tree import TreeActs
from stage.ui.desk.desk import Desk
from stage.ui.dialogs.opening import Dialogs
from stage.ui.dress import fonts, icons, theme
from stage.ui.dress.eliding import beginning
from stage.ui.lanes.centre import Centre
from stage.ui.lanes.lane import LaneView
from stage.ui.pacing.painting import OwnTurn
from stage.ui.views import VIEWS
from stage.ui.widgets.begins import in_order, stops_in
from stage.ui.widgets.labels import label
from stage.ui.window import roles
from stage.ui.window.apart import Apart
from stage.ui.window.curtain import SMALLEST, size
from stage.ui.window.edges import Foot, ModelDots
from stage.ui.window.editing import Editing
from stage.ui.window.keyboard import Keyboard
from stage.ui.window.landing import Landing
from stage.ui.window.panes import Panes


class Window(QWidget):
    """Everything on one desk.

    Signals:
        close_wanted: the user closes it; whoever opened it ends in good order.
    """

    close_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the window; nothing is loaded here."""
        super().__init__(parent)
        self.desk: Desk = desk
        roles.install()
        self.setWindowTitle("Stage")
        self.setWindowIcon(icons.application_icon())
        self.setMinimumSize(*SMALLEST)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            Editing(app, self)
        OwnTurn(self)
        self._bar = QMenuBar(self)
        self.panes: Panes = Panes(desk, self)
        self.left, self.right = self.panes.flanks.left, self.panes.flanks.right
        self.centre = cast(Centre, self.panes.view("stage"))
        self.foot = Foot(desk, self)
        self._lay_out()
        self.acts: Acts = Acts(self)
        Arrivals(self)
        Landing(self, desk.wishes)
        self.tree: TreeActs = TreeActs(self)
        self.splitting: Splitting = Splitting(self)
        self.tokens: TokenActs = TokenActs(self)
        self.craft: Stagecraft = Stagecraft(self)
        self.menus = Menus(self, self._bar, self)
        self.dialogs: Dialogs = Dialogs(self)
        self.keyboard: Keyboard = Keyboard(self)
        self._connect()
        self._restore()

    def _lay_out(self) -> None:
        theme.dress(self._bar, "bar")
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
        column.addWidget(self.panes, 1)
        column.addWidget(self.foot)
        in_order([self.centre.composer.stops()[-1], *stops_in(self.right)])

    def _connect(self) -> None:
        desk = self.desk
        self.centre.made.connect(self._made)
        desk.session.opened.connect(self._opened)
        desk.wishes.focus.connect(self.focus_on)
        desk.wishes.action.connect(self.menus.do)
        desk.wishes.member.connect(self.acts.look_at)
        desk.wishes.token.connect(self._token)
        desk.prefs.changed.connect(self._preferred)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._desktop_changed)
        self.panes.built.connect(self._read_in)
        self.panes.went.connect(self._went)
        self.panes.parted.connect(self._parted)
        for side in (self.left, self.right):
            self._read_in(side)
        self.menus.add_to(self.centre.composer.words, "empty")
        for lane in self.centre.lanes:
            self._made(lane)
        self._opened()

    def _restore(self) -> None:
        saved = self.desk.session.saved
        self.resize(size(saved))
        self.panes.flanks.restore(str(saved.get("split", "")))
        view = saved.get("view", "stage")
        apart = saved.get("apart")
        for each in apart if isinstance(apart, list) else ():
            if each in VIEWS:
                self.panes.part(each)
        if view in VIEWS and view not in self.panes.apart:
            self.panes.go(str(view))

    def remember(self) -> None:
        """Keep size and splitters."""
        saved = self.desk.session.saved
        saved.put("size", [self.width(), self.height()])
        saved.put("split", self.panes.flanks.state())
        saved.put("view", self.panes.at)
        saved.put("apart", list(self.panes.apart))
        saved.write()

    # what actions ask for (actions.Frame)

    def speak(self) -> None:
        """Say what is typed, or let the next one speak."""
        self.centre.composer.act()

    def fan_out(self) -> None:
        """Let the next one speak several times."""
        self.centre.composer.fan_out()

    def shut(self) -> None:
        """Close, in good order."""
        self.close_wanted.emit()

    def focus_on(self, place: str) -> None:
        """Give the keyboard to a place by name, see Keyboard."""
        self.keyboard.focus_on(place)

    def next_pane(self, step: int) -> None:
        """Go round the panes with the keyboard."""
        self.keyboard.next_pane(step)

    def go(self, view: str) -> None:
        """Go to a view with the keyboard, wherever it is."""
        self.panes.go(view)
        if view in self.panes.apart and view != "stage":
            self.panes.ask(view, _give_keyboard)
        else:
            self.focus_on(view)

    def part(self) -> None:
        """Give the view a window of its own, or the one with the keyboard back."""
        front = QApplication.activeWindow()
        if isinstance(front, Apart):
            front.close()
        else:
            self.panes.part(self.panes.at)

    def set_scheme(self, scheme: str) -> None:
        """Draw in light, dark, or as the desktop."""
        self.desk.prefs.set("scheme", scheme)

    def colour_tokens(self) -> None:
        """Switch the tint of tokens."""
        self.desk.prefs.set("colour_tokens", not self.desk.settings.colour_tokens)

    def spoken_size(self, step: float) -> None:
        """Set spoken text larger or smaller."""
        wanted = self.desk.settings.spoken_size + step
        self.desk.prefs.set("spoken_size", min(40.0, max(9.0, wanted)))

    # inside

    def _made(self, lane: LaneView) -> None:
        self.menus.add_to(lane.text)

    def _read_in(self, part: QWidget) -> None:
        """Let plain letters act in those parts of a widget that are read, not typed in."""
        for each in (part, *part.findChildren(QWidget)):
            if each.property("reading"):
                self.menus.add_to(each, each.property("reading"))

    def _parted(self, apart: Apart) -> None:
        """Keys act there, too, and files may be dropped."""
        Landing(apart, self.desk.wishes)
        apart.addActions(list(self.menus.actions.values()))

    def _went(self, view: str) -> None:
        """The replay has a scrubber of its own."""
        self.foot.rewind.setVisible(view != "replay")

    def _opened(self) -> None:
        play = self.desk.session.play
        self.setWindowTitle(f"{beginning(play.scene.title)} — Stage" if play else "Stage")
        if play is not None and self.isVisible():
            self.desk.session.agenda.add(self._begin)

    def _begin(self) -> None:
        """The keyboard goes to the play that was opened; its models are read."""
        if self.desk.session.play is not None:
            self.focus_on("stage")
            self._warm()

    def _warm(self) -> None:
        play = self.desk.session.play
        if play is not None and self.desk.settings.warm_models:
            spawn(self.desk.director.warm(play), name="warm models")

    def _desktop_changed(self) -> None:
        if self.desk.settings.scheme == "auto":
            self._preferred("scheme")

    def _preferred(self, name: str) -> None:
        settings, app = self.desk.settings, QApplication.instance()
        if name == "scheme" and isinstance(app, QApplication):
            agenda = self.desk.session.agenda
            with agenda.counting():
                theme.apply(app, settings.scheme, agenda.add)
        if name == "spoken_size":
            self.centre.composer.words.setFont(fonts.spoken(settings.spoken_size))

    def _token(self, line_id: str, token: int) -> None:
        self.desk.session.choose(line_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Once seen, give the keyboard to where it was; let the models of the play be read."""
        super().showEvent(event)
        if event.spontaneous():  # the window manager brought it back: all is as it was
            return
        if self.desk.session.play is not None or self.panes.at != "stage":
            self.go(self.panes.at)
        self._warm()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is whoever opened it's to do, in the house's order."""
        event.ignore()
        self.close_wanted.emit()


def _give_keyboard(view: QWidget) -> None:
    view.setFocus(Qt.FocusReason.ShortcutFocusReason)
