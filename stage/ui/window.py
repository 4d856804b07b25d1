"""The window: a frame around its parts; it decides nothing."""

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QGuiApplication, QResizeEvent, QShowEvent
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
from stage.ui.acts import Acts
from stage.ui.centre import Centre
from stage.ui.desk import Desk
from stage.ui.dialogs.opening import Dialogs
from stage.ui.edges import Foot, ModelDots
from stage.ui.menus import Menus
from stage.ui.sides import Side
from stage.ui.widgets.labels import label

SMALLEST = (1024, 640)
ROOM = 600  # what the lanes have at least before the inspector becomes a drawer


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
        self._tight = False
        self._bar = QMenuBar(self)
        self.left = Side(desk, "left", self)
        self.right = Side(desk, "right", self)
        self.centre = Centre(desk, self)
        self.foot = Foot(desk, self)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        self.acts: Acts = Acts(self)
        self.menus = Menus(self, self._bar, self)
        self.dialogs: Dialogs = Dialogs(self)
        self._connect()
        self._restore()

    def _lay_out(self) -> None:
        theme.dress(self._bar, "bar")
        theme.dress(self._split, "splitter")
        self._split.setHandleWidth(1)
        for at, pane in enumerate((self.left, self.centre, self.right)):
            self._split.addWidget(pane)
            self._split.setStretchFactor(at, int(pane is self.centre))
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
        desk.wishes.action.connect(self.menus.do)
        desk.wishes.file.connect(self.acts.take_in)
        desk.wishes.token.connect(self._token)
        desk.prefs.changed.connect(self._preferred)
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
        target = self._places().get(place)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_pane(self, step: int) -> None:
        """Go round the panes with the keyboard."""
        places = [each for each in self._places().values() if each.isVisible()]
        now = QApplication.focusWidget()
        at = next((i for i, each in enumerate(places) if now and _holds(each, now)), -1)
        places[(at + step) % len(places)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_pane(self, side: str, *, show: bool | None = None) -> None:
        """Show or hide a side pane; None: the other way round."""
        pane = self.left if side == "left" else self.right
        wanted = pane.isHidden() if show is None else show
        if side == "right" and self._tight:
            self._place_drawer()
        else:
            self._hidden = self._hidden - {side} if wanted else self._hidden | {side}
        pane.setVisible(wanted)

    def shows_pane(self, side: str) -> bool:
        """Whether a side pane is wanted."""
        return side not in self._hidden

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

    def _places(self) -> dict[str, QWidget]:
        lists = {name: pane.findChildren(QWidget) for name, pane in self.left.panels.items()}
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

    def _fit(self) -> None:
        """Where not all fits side by side, the inspector is a drawer over the lanes."""
        parts = (self.left, self.centre, self.right)
        least = {each: each.minimumSizeHint().width() for each in parts if each not in self._shut()}
        least[self.centre] = max(ROOM, least[self.centre])
        tight = self.width() < sum(least.values()) + 2
        if tight != self._tight:
            self._tight = tight
            theme.dress(self.right, "drawer" if tight else "list")
            if tight:
                self.right.setParent(self)
                self.right.hide()
            else:
                self._split.addWidget(self.right)
                self._show_inspector()
        elif tight:
            self._place_drawer()

    def _shut(self) -> tuple[QWidget, ...]:
        return (self.left,) if "left" in self._hidden else ()

    def _place_drawer(self) -> None:
        wide = min(self.right.minimumSizeHint().width() + 24, self.width())
        top = self._split.geometry()
        self.right.setGeometry(self.width() - wide, top.top(), wide, top.height())
        self.right.raise_()

    def _show_inspector(self) -> None:
        there = self.desk.session.play is not None
        self.right.setVisible(there and "right" not in self._hidden and not self._tight)

    def _lanes_changed(self) -> None:
        for lane in self.centre.lanes:
            self.menus.add_to_transcript(lane.text)

    def _opened(self) -> None:
        play = self.desk.session.play
        self.setWindowTitle(f"{play.scene.title} — Stage" if play else "Stage")
        self._show_inspector()
        if play is not None and self.isVisible():
            self.focus_on("composer")
        if play is not None and self.desk.settings.warm_models and self.isVisible():
            spawn(self.desk.director.warm(play), name="warm models")

    def _desktop_changed(self) -> None:
        if self.desk.settings.scheme == "auto":
            self._preferred("scheme")

    def _preferred(self, name: str) -> None:
        settings, app = self.desk.settings, QApplication.instance()
        if name == "scheme" and isinstance(app, QApplication):
            theme.apply(app, settings.scheme)
        if name == "spoken_size":
            for lane in self.centre.lanes:
                lane.text.set_spoken_size(settings.spoken_size)
            self.centre.composer.words.setFont(fonts.spoken(settings.spoken_size))

    def _token(self, line_id: str, token: int) -> None:
        self.desk.session.choose(line_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Once seen, let the models of the play be read."""
        super().showEvent(event)
        self._opened()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room, or use it."""
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is whoever opened it's to do, in the house's order."""
        event.ignore()
        self.close_wanted.emit()


def _holds(place: QWidget, widget: QWidget) -> bool:
    return place is widget or place.isAncestorOf(widget)
