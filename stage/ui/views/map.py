"""The map: every branch of the play at once."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.desk.desk import Desk
from stage.ui.dress import theme
from stage.ui.dress.glyphs import colour_index
from stage.ui.lanes.verbatim import excerpt
from stage.ui.map.beside import Beside, told
from stage.ui.map.canvas import STEP, Canvas
from stage.ui.map.chart import Chart
from stage.ui.map.heading import Heading
from stage.ui.map.shades import BY_ID, MODES, Shades
from stage.ui.pacing.building import Building
from stage.ui.pacing.slices import Slices
from stage.ui.views.view import View
from stage.ui.widgets.begins import Begins
from stage.ui.widgets.nothing import Either

LONGEST = 32  # characters of a name


class MapView(Begins):
    """Heading, canvas, and what stands beside it.

    Attributes:
        mode: the id of the way to colour.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, slowly: bool = False) -> None:
        """Build; nothing is read before it is seen."""
        super().__init__(parent)
        self._desk = desk
        self.building = Building(self._build(), slowly=slowly)

    def _build(self) -> Iterator[None]:
        desk = self._desk
        self.mode = str(desk.session.saved.get("map colour", MODES[0].id))
        self.mode = self.mode if self.mode in BY_ID else MODES[0].id
        self.chart = Chart(desk, self)
        self.canvas = Canvas(self)
        self.canvas.tip = self._tip
        self.canvas.picture.told = desk.survey.excerpts.get
        yield
        self.heading = Heading(self)
        yield
        self.beside = Beside(self.canvas, self)
        yield
        self.body = Either(self.canvas, self)
        self._slices = Slices(self)
        self._wanted = 0  # how often a line was chosen here
        self.setObjectName("pane")
        theme.dress(self, "page")
        self.beginning = self.body
        self._lay_out()
        yield
        self._connect()
        self._show_state()

    def _lay_out(self) -> None:
        self.edge = QWidget(self)
        self.edge.setObjectName("pane")
        theme.dress(self.edge, "pane-left")
        inner = QVBoxLayout(self.edge)
        inner.setContentsMargins(1, 0, 0, 0)
        inner.addWidget(self.beside)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.body, 1)
        row.addWidget(self.edge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        desk, canvas, heading = self._desk, self.canvas, self.heading
        self.chart.changed.connect(self._measure)
        self.chart.loaded.connect(self._show_state)
        canvas.chose.connect(self._choose)
        canvas.stood.connect(self.stand)
        canvas.picked.connect(self.beside.show_picked)
        canvas.moved.connect(self._moved)
        heading.mode.connect(self.colour_by)
        heading.fit.clicked.connect(canvas.fit)
        heading.natural.clicked.connect(canvas.natural)
        self.beside.stand.clicked.connect(self._stand_chosen)
        self.beside.compare.clicked.connect(self.compare)
        self.body.nothing.wanted.connect(desk.wishes.action)
        self.body.nothing.again.connect(self.chart.again)
        desk.session.moved.connect(self._follow)
        desk.session.chose.connect(self._follow)
        desk.turns.busy_changed.connect(self._count)
        desk.details.arrived.connect(self._arrived)
        desk.survey.excerpts.arrived.connect(canvas.update)

    # what actions ask for

    def colour_by(self, mode: str) -> None:
        """Colour by who spoke, the model, or a number."""
        self.mode = mode
        self._desk.session.saved.put("map colour", mode)
        self._measure()

    def show_hidden(self) -> None:
        """Show hidden branches faintly, or not."""
        self.chart.show_hidden(not self.chart.hidden)

    def zoom(self, steps: int) -> None:
        """Larger or smaller by steps."""
        self.canvas.zoom(STEP**steps)

    def compare(self) -> None:
        """Ask for the branches that were taken to be compared."""
        spots = self.canvas.picture.layout.spots
        ids = [spots[at].id for at in self.canvas.picture.picked]
        if len(ids) > 1:
            self._desk.wishes.compare.emit(ids)
        else:
            said = self.tr("Take two lines with Shift and click, or with Space, to compare them.")
            self._desk.wishes.said.emit(said)

    def stand(self, line_id: str) -> None:
        """Go to Stage and go on from a line."""
        spawn(self._reach(line_id, stand=True), name="stand on a line of the map")

    # inside

    def _stand_chosen(self) -> None:
        picture = self.canvas.picture
        if picture.chosen > 0:
            self.stand(picture.layout.spots[picture.chosen].id)

    def _choose(self, line_id: str) -> None:
        self._show_line()
        spawn(self._reach(line_id, stand=False), name="choose a line of the map")

    async def _reach(self, line_id: str, *, stand: bool) -> None:
        """Choose a line once the way to it is known: nothing waits for the library then."""
        session = self._desk.session
        play, self._wanted = session.play, self._wanted + 1
        wanted = self._wanted
        if play is None:
            return
        try:
            await self._desk.director.reach(play, line_id)
        except KnownError as error:
            self._desk.wishes.said.emit(error.sentence)
            return
        if session.play is not play or line_id not in play.tree or wanted != self._wanted:
            return  # one has gone elsewhere meanwhile
        if stand:
            self._desk.turns.stand(line_id)
            self._desk.wishes.view.emit("stage")
            self._desk.wishes.focus.emit(f"lane {session.at + 1}")
        else:
            session.choose(line_id, afar=True)

    def _measure(self) -> None:
        """Another layout, or other colours: learn what the colours stand for, then paint."""
        play, joined = self._desk.session.play, self.chart.names.members
        cast = [*joined.values(), *(play.scene.cast if play else ()), *self._desk.session.cast]
        speakers = {each.id: (colour_index(each), excerpt(each.label, LONGEST)) for each in cast}
        shades = Shades(BY_ID[self.mode], speakers, play.titles if play else {})
        self.heading.show_mode(self.mode)
        self._slices.start(shades.measuring(self.chart.layout.spots), self._measured)

    def _measured(self, shades: Shades) -> None:
        self.canvas.show_layout(self.chart.layout, shades)
        self._follow()
        self.beside.show_colours()
        self.beside.minimap.refresh()
        self._show_state()

    def _follow(self, *_: object) -> None:
        """Show the path and the chosen line of the session."""
        if not self.isVisible():
            return
        session, layout = self._desk.session, self.canvas.picture.layout
        line = session.chosen_line()
        # A line that just began has no place yet: the path ends before it.
        path = (layout.index.get(each.id, -1) for each in reversed(session.path(session.at)))
        end = next((at for at in path if at >= 0), -1)
        counted = layout.path(layout.canonical) if layout.canonical >= 0 else ()
        self.canvas.picture.follow(layout.path(end) if end >= 0 else (), counted)
        self.canvas.choose(layout.index.get(line.id, -1) if line else -1)
        self.canvas.update()
        self._show_line()

    def _show_line(self) -> None:
        picture = self.canvas.picture
        reading = None
        if picture.chosen > 0 and self.isVisible():
            spot = picture.layout.spots[picture.chosen]
            reading = None if spot.running else self._desk.details.get(spot.id)
        self.beside.show_line(reading.detail.line.text if reading else "")

    def _arrived(self, line_id: str) -> None:
        layout, at = self.canvas.picture.layout, self.canvas.picture.chosen
        if self.isVisible() and at >= 0 and layout.spots[at].id == line_id:
            self._show_line()

    def _tip(self, at: int) -> str:
        reading = self._desk.details.known(self.canvas.picture.layout.spots[at].id)
        words_ = reading.detail.line.text[:300] if reading and at else ""
        return "\n\n".join(filter(None, (told(self.canvas.picture, at), words_)))

    def _moved(self) -> None:
        self.heading.show_zoom(self.canvas.scope.zoom)

    def _count(self) -> None:
        play, layout = self._desk.session.play, self.chart.layout
        if play is None or not len(layout):
            self.heading.show_play(play.scene.title if play else "", "")
            return
        said = [words.count(layout.kept, "line")]
        branches = words.count(layout.leaves[0], "branch")
        if layout.tagged:
            hidden = words.number(layout.tagged)
            said.append(self.tr("{0} of them hidden by tags").format(hidden))
            branches = self.tr("{0} in sight").format(branches)
        said.append(branches)
        if deleted := layout.deleted + len(layout.gone):
            said.append(self.tr("{0} in the bin").format(words.number(deleted)))
        if running := self._desk.turns.running:
            said.append(self.tr("{0} running").format(words.number(running)))
        self.heading.show_play(play.scene.title, ", ".join(said))

    def _show_state(self) -> None:
        """The map, or a sentence where there is none."""
        play, layout = self._desk.session.play, self.chart.layout
        there = play is not None and len(layout) > 0 and not self.chart.sentence
        first = there and self.canvas.isHidden()
        self.edge.setVisible(there)
        if there:
            self.body.show_page()
        elif play is None:
            self.body.say_no_play()
        elif self.chart.sentence:
            self.body.say_unread(self.chart.sentence)
        else:
            self.body.say(self._going_on())
        if first and self.isAncestorOf(QApplication.focusWidget() or self):
            self.canvas.setFocus()  # the keyboard waited beside it
        self._count()

    def _going_on(self) -> str:
        if not len(self.chart):
            return self.tr("Reading the play.")
        reading, laying = self.tr("Reading the play: {0} so far."), self.tr("Laying out {0}.")
        so_far = words.count(len(self.chart), "line")
        return (reading if self.chart.loading else laying).format(so_far)

    def changeEvent(self, event: QEvent) -> None:
        """Another scheme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "beside"):
            self.beside.minimap.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Seen: read and paint."""
        super().showEvent(event)
        self.chart.wake()
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Not seen: rest."""
        super().hideEvent(event)
        self.chart.sleep()


ENTRY = View("map", MapView, frozenset({"left"}), partial(MapView, slowly=True))
