"""For newcomers: three things to try, until they were done or put away; then never again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from stage.director.events import TurnEnded
from stage.ui.actions.table import key_of
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from stage.ui.panels.panel import Panel
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, heading, label

TRIES = ("both", "sibling-after", "tint")  # ids of actions; where there is one model, it fans out


class TriesPanel(QWidget):
    """Three links that do what they say, with their keys."""

    def __init__(self, desk: Desk) -> None:
        """Be seen until put away, while a play is open."""
        super().__init__()
        self._desk = desk
        self._said: dict[str, str | None] = {}  # by which model, since the window was opened
        self._keys = []
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(0, 1)
        self.links = []
        said = ("", self.tr("See another take"), self.tr("Colour what was surprising"))
        for at, (action, words) in enumerate(zip(TRIES, said, strict=True)):
            link = Link(words, self)
            link.setProperty("action", action)
            link.clicked.connect(self._clicked)
            key = label(font=fonts.interface(fonts.TINY), role=MUTED)
            grid.addWidget(link, at, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(key, at, 1, Qt.AlignmentFlag.AlignRight)
            self.links.append(link)
            self._keys.append(key)
        away = Link(self.tr("Put away"), self)
        away.setAccessibleName(self.tr("Put away the three things to try"))
        away.clicked.connect(self._put_away)
        grid.addWidget(away, len(self.links), 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(4)
        column.addWidget(heading(self.tr("Three things to try")))
        column.addLayout(grid)
        desk.session.opened.connect(self.refresh)
        desk.siblings.switched.connect(self._switched)
        desk.prefs.changed.connect(self._preferred)
        desk.bridge.turn_ended.connect(self._turn_ended)
        self.refresh()

    def begin(self) -> None:
        """Show all three again."""
        self._desk.session.saved.put("tried", [])
        self.refresh()

    def refresh(self) -> None:
        """Show or hide, with the keys of now."""
        tried = self._tried()
        many = len(self._desk.session.models) > 1
        first = self.tr("Let both models go on") if many else self.tr("See how it might go on")
        self.links[0].set_text(first)
        self.links[0].setProperty("action", "both" if many else "fan-out")
        for action, link, key in zip(TRIES, self.links, self._keys, strict=True):
            done = self.tr("done") if action in tried else ""
            key.setText(done or key_of(link.property("action"), self._desk.settings.keys))
        seen = len(tried) < len(TRIES) and self._desk.session.play is not None
        if not seen or self.parent() is not None:  # without its side it would be a window
            self.setVisible(seen)

    def _tried(self) -> list[str]:
        kept = self._desk.session.saved.get("tried", [])
        if kept is True:  # put away before each thing had a mark of its own
            return list(TRIES)
        return [each for each in TRIES if isinstance(kept, list) and each in kept]

    def _done(self, *actions: str) -> None:
        tried = self._tried()
        done = [each for each in TRIES if each in (*tried, *actions)]
        self._desk.session.saved.put("tried", done)
        self.refresh()

    def _clicked(self) -> None:
        self._desk.wishes.action.emit(str(self.sender().property("action")))

    def _put_away(self) -> None:
        self._done(*TRIES)

    def _turn_ended(self, event: TurnEnded) -> None:
        """Both went on: in one turn, or each in a lane of its own."""
        session = self._desk.session
        self._said |= {line.id: line.model for line in event.lines}
        leaves = (self._said.get(lane.leaf) for lane in session.lanes)
        both = len({line.model for line in event.lines}) > 1 or len({*filter(None, leaves)}) > 1
        if both or (len(session.models) < 2 and len(event.lines) > 1):
            self._done("both")

    def _switched(self) -> None:
        self._done("sibling-after")

    def _preferred(self, name: str) -> None:
        if self._desk.settings.colour_tokens:
            self._done("tint")
        self.refresh()


ENTRY = Panel("tries", "Three things to try", "right", TriesPanel, own_title=True)
