"""The stage: the title, one to four lanes, the composer."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui import hints, words
from stage.ui.actions.table import key_of
from stage.ui.composer.composer import Composer
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from stage.ui.lanes.lane import LaneView
from stage.ui.lanes.lanes import MOST_LANES
from stage.ui.lens.strip import Legend
from stage.ui.pacing.soon import Soon
from stage.ui.widgets.begins import in_order, stops_in
from stage.ui.widgets.buttons import Segment
from stage.ui.widgets.labels import MUTED, Elided, label, plain_tip
from stage.ui.widgets.nothing import Nothing
from stage.ui.widgets.split import Split
from stage.ui.widgets.titlerow import title_font, title_row, together
from stage.ui.words import tr

LOW = 42  # rows of text; where the stage has fewer, the composer leaves them to the lines
IDLE = 1500  # milliseconds
CRUMBS = 14  # characters of what is told beside the title that a long title leaves room for


class Title(QWidget):
    """The play's title, where it is set, and how many lanes are shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow the session."""
        super().__init__(parent)
        self._desk = desk
        row = title_row(self)
        self._title = Elided(font=title_font(), parent=self)
        small = fonts.interface(fonts.SMALL)
        least = QFontMetrics(small).averageCharWidth() * CRUMBS
        self._crumbs = Elided(font=small, role=MUTED, least=least, parent=self)
        names = (self.tr("One lane"), self.tr("Two lanes"), self.tr("Three lanes"),
                 self.tr("Four lanes"))  # fmt: skip
        self.lanes = [Segment(str(at), name, self) for at, name in enumerate(names, start=1)]
        row.addWidget(self._title)
        row.addWidget(self._crumbs, 1)
        self.ways = [Segment(self.tr("Read"), self.tr("Read as Markdown"), self),
                     Segment(self.tr("Verbatim"), self.tr("Verbatim"), self)]  # fmt: skip
        self.ways[0].setToolTip(plain_tip(tr("hints", hints.READ)))
        row.addLayout(together(self.ways))
        for at, way in enumerate(self.ways):
            way.clicked.connect(partial(self._read, at == 0))
        row.addWidget(label(self.tr("Lanes"), font=fonts.interface(fonts.SMALL), role=MUTED))
        for segment in self.lanes:
            segment.clicked.connect(self._clicked)
        row.addLayout(together(self.lanes))
        desk.session.next_changed.connect(self.refresh)
        desk.bridge.changed.connect(self.refresh)
        desk.bridge.started.connect(self.refresh)
        desk.session.opened.connect(self._soon)
        desk.session.moved.connect(self._moved)
        desk.session.lanes_changed.connect(self.refresh)
        desk.survey.changed.connect(self._soon)
        desk.prefs.changed.connect(self._preferred)
        self.refresh()

    def _soon(self) -> None:
        self._desk.session.agenda.add(self.refresh)

    def refresh(self) -> None:
        """Read title, path and lanes again."""
        session = self._desk.session
        play = session.play
        self._title.set_text(play.scene.title if play else self.tr("No play"))
        parts = (self._titles(), self._shown() + self._going_on())
        said = " · ".join(each for each in parts if each)
        self._crumbs.set_text(said if play else "")
        for count, segment in enumerate(self.lanes, start=1):
            segment.setChecked(len(session.lanes) == count)
            segment.setEnabled(play is not None)
        read = play is not None and session.lanes[session.at].read
        for on, way in zip((read, not read), self.ways, strict=True):
            way.setChecked(on)
            way.setEnabled(play is not None)

    def _shown(self) -> str:
        """How many lines the lanes show, and of how many where that is known."""
        session, kept = self._desk.session, self._desk.survey.kept
        shown = list(dict.fromkeys(len(session.path(at)) for at in range(len(session.lanes))))
        *first, last = shown or [0]
        end = words.count(last, "line") if kept is None else words.number(last)
        said = self.tr(" and ").join([*map(words.number, first), end])
        if kept is not None:
            said = self.tr("{0} of {1}").format(said, words.count(kept, "line"))
        return self.tr("{0} shown").format(said)

    def _titles(self) -> str:
        """The titles on the path of the current lane, as crumbs."""
        session = self._desk.session
        titles = (line.chapter for line in session.path(session.at) if line.labels)
        return " \u203a ".join(each for each in titles if each)

    def _going_on(self) -> str:
        session = self._desk.session
        if session.play is None or not session.lanes:
            return ""
        after = len(session.play.children(session.lanes[session.at].leaf))
        said = words.count(after, "branch"), key_of("child", self._desk.settings.keys)
        return self.tr(" · {0} further on, {1}").format(*said) if after else ""

    def _preferred(self, name: str) -> None:
        if name == "keys":
            self.refresh()

    def _clicked(self) -> None:
        sender = self.sender()
        wanted = self.lanes.index(sender) + 1 if sender in self.lanes else 1
        self._desk.session.set_lanes(wanted)
        self.refresh()

    def _read(self, markdown: bool) -> None:
        session = self._desk.session
        session.set_lane(session.at, read=markdown)
        self.refresh()

    def _moved(self, at: int) -> None:
        self.refresh()


class Centre(QWidget):
    """Title, lanes, composer.

    Signals:
        made: a lane was made.
    """

    made = Signal(LaneView)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow the session's lanes."""
        super().__init__(parent)
        self._desk = desk
        self.lanes: list[LaneView] = []
        self._spare: list[LaneView] = []  # not shown now; the one of the lowest index is last
        self._idle = Soon(self._stock, self, IDLE, desk.session.agenda)
        self.composer = Composer(desk, self)
        self._split = Split(Qt.Orientation.Horizontal, self, ground="surface")
        self._split.setChildrenCollapsible(False)
        self._split.splitterMoved.connect(self._dragged)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._title = Title(desk, self)
        self.empty = Nothing(self)
        self.empty.say_no_play()
        column.addWidget(self._title)
        self._legend = Legend(desk, self)
        column.addWidget(self._legend)
        column.addWidget(self._split, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.composer)
        self.empty.wanted.connect(desk.wishes.action)
        desk.session.lanes_changed.connect(self._arrange)
        desk.session.opened.connect(self._soon_in_order)
        self._arrange()

    def current(self) -> LaneView | None:
        """The lane that keys act on."""
        at = self._desk.session.at
        return self.lanes[at] if at < len(self.lanes) else None

    def _arrange(self) -> None:
        nothing = self._desk.session.play is None
        self.empty.setVisible(nothing)
        for part in (self._title, self._split, self.composer):
            part.setVisible(not nothing)
        wanted = max(1, len(self._desk.session.lanes))
        while len(self.lanes) > wanted:
            self._spare.append(self.lanes.pop())
            self._spare[-1].rest()
        while len(self.lanes) < wanted:
            if not self._spare:
                self._spare.append(self._made(len(self.lanes)))
            self.lanes.append(self._spare.pop())
            self.lanes[-1].show()
        kept = self._desk.session.saved.get("lane widths")
        same = isinstance(kept, list) and len(kept) == wanted
        self._split.setSizes([int(each) for each in kept] if same else [1000] * wanted)
        self._put_in_order()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The less height there is, the more of it is for the lines."""
        super().resizeEvent(event)
        if self.composer.lie(self.height() < LOW * self.fontMetrics().height()):
            self._put_in_order()

    def _made(self, at: int) -> LaneView:
        lane = LaneView(self._desk, at, self._split)
        self._split.addWidget(lane)
        self.made.emit(lane)
        return lane

    def _stock(self) -> None:
        """Make the lanes that may be wanted, one in a turn: so many at once would be a wait."""
        at = len(self.lanes) + len(self._spare)
        if at < MOST_LANES and self._desk.session.play is not None:
            lane = self._made(at)
            lane.rest()
            self._spare.insert(0, lane)
            self._idle.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """What may be wanted is made when all that is seen is there."""
        super().showEvent(event)
        self._idle.ask()

    def _dragged(self) -> None:
        self._desk.session.saved.put("lane widths", self._split.sizes()[: len(self.lanes)])

    def _soon_in_order(self) -> None:
        self._desk.session.agenda.add(self._put_in_order)

    def _put_in_order(self) -> None:
        """The keyboard goes from above to below, whatever was made first."""
        read = [stop for part in (self._legend, *self.lanes) for stop in stops_in(part)]
        in_order([*self._title.ways, *self._title.lanes, *read, *self.composer.stops()])
