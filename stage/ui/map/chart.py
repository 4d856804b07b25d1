"""The play that the map shows: read through the director, laid out in slices, kept current."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from stage.director import charting
from stage.director.events import Changed, Changes, LineEnded, LineStarted, TurnEnded
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.naming import Names
from stage.play.spot import Plain, Spot, spot_of
from stage.ui.desk.desk import Desk
from stage.ui.map import layout
from stage.ui.map.layout import Layout
from stage.ui.pacing.slices import Slices

SINGLY = 40  # lines that changed and are read one by one; with more, all are read again
SOON = 30  # milliseconds from a change to a new layout, longer where laying out takes long


class Chart(QObject):
    """What is known of the lines of a play, and where they stand.

    Signals:
        changed: there is another layout.
        loaded: so many lines are read by now; or the sentence changed.

    Attributes:
        layout: empty until a play is read.
        loading: lines are being read for the first time.
        sentence: why they cannot be read, "" where they can.
        hidden: hidden lines are shown, too.
        names: how those of the play are called, whoever joined on another branch too.
    """

    changed = Signal()
    loaded = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Follow a desk; nothing is read before the first `wake`."""
        super().__init__(parent)
        self._desk = desk
        self.layout = Layout()
        self.loading = False
        self.sentence = ""
        self.hidden = False
        self.names = Names()
        self._awake = False
        self._play = ""
        self._spots: dict[str, Plain] = {}
        self._running: dict[str, Spot] = {}
        self._last = 0
        self._all, self._some = True, set[str]()  # what is to be read again
        self._reading = False
        self._slices = Slices(self)
        self._timer = QTimer(self, singleShot=True, interval=SOON)
        self._timer.timeout.connect(self._lay_out)
        desk.session.opened.connect(self._opened)
        desk.bridge.changed.connect(self._changed)
        desk.bridge.started.connect(self._started)
        desk.bridge.ended.connect(self._ended)
        desk.bridge.turn_ended.connect(self._turn_ended)

    def __len__(self) -> int:
        """How many lines are read by now."""
        return len(self._spots)

    @property
    def busy(self) -> bool:
        """Whether a layout is on its way."""
        return self._reading or self._slices.busy or self._timer.isActive()

    def wake(self) -> None:
        """The map is seen: read what is not read yet."""
        self._awake = True
        self._catch_up()

    def sleep(self) -> None:
        """The map is not seen: do nothing until it is."""
        self._awake = False
        if self._slices.busy or self._timer.isActive():
            self._slices.stop()
            self._timer.stop()
            self._some.add("")

    def again(self) -> None:
        """Read everything once more."""
        self._all, self.sentence = True, ""
        self.loaded.emit()
        self._catch_up()

    def show_hidden(self, on: bool) -> None:
        """Show hidden lines or not."""
        if on != self.hidden:
            self.hidden = on
            self._soon()

    # what happens

    def _opened(self) -> None:
        play = self._desk.session.play
        if play is not None and play.id == self._play:
            return
        self._slices.stop()
        self._timer.stop()
        self._play, self._all, self.sentence = play.id if play else "", True, ""
        self._spots, self._running, self._last = {}, {}, 0
        self.layout, self.names = Layout(), Names()
        self._desk.session.agenda.add(self.changed.emit)
        self._catch_up()

    def _changed(self, event: Changed) -> None:
        if event.play != self._play or not event.changes & (Changes.TREE | Changes.PLAYS):
            return
        # The list of plays changes, too, where lines are purged or the scene is recast.
        if Changes.PLAYS in event.changes or len(event.lines) > SINGLY:
            self._all = True
        self._some |= {"", *event.lines}
        self._catch_up()

    def _started(self, event: LineStarted) -> None:
        if event.line.play == self._play:
            self._running[event.line.id] = spot_of(event.line)
            self._soon()

    def _ended(self, event: LineEnded) -> None:
        if event.line.play == self._play:
            self._running.pop(event.line.id, None)
            self._some.add("")
            self._catch_up()

    def _turn_ended(self, event: TurnEnded) -> None:
        """A take that came to nothing is not there any more."""
        play = self._desk.session.play
        if play is not None and event.play == play.id == self._play:
            gone = [each for each in self._running if not play.tree.reaches(each)]
            for each in gone:
                del self._running[each]
            if gone:
                self._soon()

    # reading

    def _catch_up(self) -> None:
        if not self._play:
            self._play = self._desk.session.play.id if self._desk.session.play else ""
        if self._awake and self._play and not self._reading and (self._all or self._some):
            self._reading = True
            spawn(self._read(), name="read the map")

    async def _read(self) -> None:
        try:
            while self._awake and self._play and (self._all or self._some):
                play = self._play
                try:
                    await self._read_once(play)
                except KnownError as error:
                    if play == self._play:  # else the one looked at now is still to be read
                        self.sentence, self._some = error.sentence, set()
                        self.loaded.emit()
                        break
        finally:
            self._reading = self.loading = False
        self._soon()

    async def _read_once(self, play: str) -> None:
        some, self._some = self._some, set()
        known = {} if self._all else self._spots
        last, self.loading = (0, not self._spots) if self._all else (self._last, False)
        again, self._all, self.sentence = self._all, False, ""
        orders = [Spot._make(known[each]).order for each in some if each in known]
        page: Iterable[Spot] = ()
        for order in orders:
            page = await charting.spots(self._desk.director, play, order - 1, 1)
            known |= {each.id: tuple(each) for each in page if each.order == order}
        while page := await charting.spots(self._desk.director, play, last):
            if play != self._play:
                return
            known |= {each.id: tuple(each) for each in page}
            last = page[-1].order
            if again and self.loading:
                self._spots = known
                self.loaded.emit()
        names = await self._desk.director.librarian.names(play)
        if play == self._play:
            self._spots, self._last, self.names = known, last, names
            self._running = {k: v for k, v in self._running.items() if k not in known}

    # laying out

    def _soon(self) -> None:
        """Lay out soon; where that takes long, not all the time."""
        if self._awake and not self._timer.isActive():
            self._timer.start(max(SOON, round(4000 * self._slices.spent)))

    def _lay_out(self) -> None:
        if not len(self.layout):
            self.loaded.emit()
        spots = [*self._spots.values(), *self._running.values()]
        play = self._desk.session.play
        cut = play.away() if play is not None and play.id == self._play else frozenset[str]()
        self._slices.start(layout.steps(spots, hidden=self.hidden, cut=cut), self._laid_out)

    def _laid_out(self, made: Any) -> None:
        self.layout = made
        self.changed.emit()
