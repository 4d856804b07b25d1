"""Where the keyboard is in the window, and how it goes to another place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from stage.ui.widgets.begins import Begins, stops_in

if TYPE_CHECKING:
    from stage.ui.window.window import Window


class Keyboard(QObject):
    """Gives the keyboard to places of a window by their names."""

    def __init__(self, window: "Window") -> None:
        """Remember from now on whether one reads or types."""
        super().__init__(window)
        self._window, self._desk = window, window.desk
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def focus_on(self, place: str) -> None:
        """Give the keyboard to a place by name; one of the stage's leads there.

        "stage" itself is the lane or the composer, where the keyboard was last.
        """
        places = {**self._places(), **self._stage_places()}
        target = places.get(self._spot() if place == "stage" else place)
        if target is not None:
            if self._window.centre.isAncestorOf(target):
                self._window.panes.go("stage")
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_pane(self, step: int) -> None:
        """Go round the panes with the keyboard."""
        places = [each for each in self._places().values() if each.isVisible()]
        now = QApplication.focusWidget()
        areas = [
            *self._window.left.panels.values(),
            *self._window.centre.lanes,
            self._window.centre.composer,
            self._window.right,
        ]
        held = [each for each in areas if now and each.isAncestorOf(now)]
        at = next((i for i, each in enumerate(places) if now and _holds(each, now)), -1)
        if at < 0:
            beside = (i for i, each in enumerate(places) if any(_holds(one, each) for one in held))
            at = next(beside, -1)
        places[(at + step) % len(places)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # inside

    def _places(self) -> dict[str, QWidget]:
        """What F6 goes round, in order, by name."""
        at, left = self._window.panes.at, self._window.left.panels.items()
        view = self._stage_places() if at == "stage" else {at: self._window.panes.front}
        sides = {name: _first(panel) for name, panel in left}
        found = {**sides, **view, "inspector": _first(self._window.right)}
        return {name: each for name, each in found.items() if each is not None}

    def _stage_places(self) -> dict[str, QWidget]:
        places: dict[str, QWidget] = {}
        for at, lane in enumerate(self._window.centre.lanes):
            places[f"lane {at + 1}"] = lane.text
        chip = self._window.centre.composer.chosen_chip()
        return {
            **places,
            **({"next": chip} if chip else {}),
            "composer": self._window.centre.composer.words,
        }

    def _spot(self) -> str:
        """Where on the stage the keyboard was last: in a lane, or where one types."""
        read = self._desk.session.saved.get("keyboard") == "lane"
        return f"lane {self._desk.session.at + 1}" if read else "composer"

    def _focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is self._window.centre.composer.words:
            self._desk.session.saved.put("keyboard", "composer")
        elif now in [lane.text for lane in self._window.centre.lanes]:
            self._desk.session.saved.put("keyboard", "lane")


def _first(panel: QWidget) -> QWidget | None:
    """Where the keyboard comes to a panel; None where it has nothing for it."""
    if isinstance(panel, Begins):
        return panel
    stops = (each for each in stops_in(panel) if each.isVisibleTo(panel) and each.isEnabled())
    return next(stops, None)


def _holds(place: QWidget, widget: QWidget) -> bool:
    return place is widget or place.isAncestorOf(widget)
