"""The middle of the window: the title, one or two lanes, the composer."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from stage.ui import fonts, theme, words
from stage.ui.composer import Composer
from stage.ui.desk import Desk
from stage.ui.lane import LaneView
from stage.ui.widgets.buttons import Segment
from stage.ui.widgets.labels import MUTED, Elided, label


class Title(QWidget):
    """The play's title, where it is set, and how many lanes are shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow the session."""
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("pane")
        self.setFixedHeight(44)
        theme.dress(self, "pane-bottom")
        self._title = Elided(font=fonts.interface(fonts.TITLE, QFont.Weight.Bold), parent=self)
        self._crumbs = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self._lanes = [Segment(str(n), self.tr("Show {0} lanes").format(n), self) for n in (1, 2)]
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 0)
        row.setSpacing(10)
        row.addWidget(self._title)
        row.addWidget(self._crumbs, 1)
        row.addWidget(label(self.tr("Lanes"), font=fonts.interface(fonts.SMALL), role=MUTED))
        inner = QHBoxLayout()
        inner.setSpacing(2)
        for segment in self._lanes:
            segment.clicked.connect(self._clicked)
            inner.addWidget(segment)
        row.addLayout(inner)
        desk.session.opened.connect(self.refresh)
        desk.session.moved.connect(self._moved)
        desk.session.lanes_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read title, path and lanes again."""
        session = self._desk.session
        play = session.play
        self._title.set_text(play.scene.title if play else self.tr("No play"))
        lines = len(play.tree) - 1 if play else 0
        shown = [words.count(len(session.path(at)), "line") for at in range(len(session.lanes))]
        crumbs = [" and ".join(dict.fromkeys(shown)) + self.tr(" shown")] if shown else []
        crumbs += [self.tr("{0} in all").format(words.number(lines))] if play else []
        self._crumbs.set_text(" · ".join(crumbs))
        for count, segment in enumerate(self._lanes, start=1):
            segment.setChecked(len(session.lanes) == count)
            able = play is not None and (count == 1 or len(session.models) > 1)
            segment.setEnabled(able)
            segment.setToolTip("" if able else self.tr("This scene has one model."))

    def _clicked(self) -> None:
        sender = self.sender()
        wanted = self._lanes.index(sender) + 1 if sender in self._lanes else 1
        self._desk.session.set_lanes(wanted)
        self.refresh()

    def _moved(self, at: int) -> None:
        self.refresh()


class Centre(QWidget):
    """Title, lanes, composer."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow the session's lanes."""
        super().__init__(parent)
        self._desk = desk
        self.lanes: list[LaneView] = []
        self.composer = Composer(desk, self)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        theme.dress(self._split, "splitter")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Title(desk, self))
        column.addWidget(self._split, 1)
        column.addWidget(self.composer)
        desk.session.lanes_changed.connect(self._arrange)
        self._arrange()

    def current(self) -> LaneView | None:
        """The lane that keys act on."""
        at = self._desk.session.at
        return self.lanes[at] if at < len(self.lanes) else None

    def _arrange(self) -> None:
        wanted = max(1, len(self._desk.session.lanes))
        while len(self.lanes) > wanted:
            lane = self.lanes.pop()
            lane.hide()
            lane.setParent(None)
            lane.deleteLater()
        while len(self.lanes) < wanted:
            lane = LaneView(self._desk, len(self.lanes), self._split)
            self._split.addWidget(lane)
            self.lanes.append(lane)
        self._split.setSizes([1000] * wanted)
