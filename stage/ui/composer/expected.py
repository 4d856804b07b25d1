"""Under the composer: whom a model expects to speak next, and how full the context is."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from stage.director.opened import OpenPlay
from stage.play.chances import Chances
from stage.ui.composer.meter import Meter
from stage.ui.composer.shares import Share, Shares
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, Elided, label, plain_tip

UNDER = 12  # pixels below the row
LAPS = 4  # pixels of the row, as high as the meter, that no letter is in


class Expected(QWidget):
    """The model asked, a row of shares, what is left of them; unknown until it was asked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow the desk's cues."""
        super().__init__(parent)
        self._desk, self._low = desk, False
        small = fonts.interface(fonts.SMALL)
        self._state = Elided(font=small, role=MUTED, parent=self)
        self.shares = Shares(self.tr("Expected next"), self)
        self.by = Link("", self)
        self.by.clicked.connect(self.offer)
        self.ask = Link(self.tr("Ask"), self)
        self.ask.setAccessibleName(self.tr("Ask the model whom it expects"))
        self.ask.clicked.connect(desk.cues.expect)
        self.sums = Link(self.tr("Summaries"), self)
        self.sums.setToolTip(self.tr("What prompts hold in the place of old lines"))
        self.sums.clicked.connect(partial(desk.wishes.action.emit, "summaries"))
        self.sums.hide()
        self.meter = Meter(desk, self)
        self.meter.told.connect(self._offer_summaries)
        self.rest = Elided(font=fonts.interface(fonts.TINY), role=MUTED, least=0, parent=self)
        self._row = row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(self.tr("Expected by"), font=small, role=MUTED))
        row.addWidget(self.by)
        row.addWidget(self._state)
        row.addWidget(self.shares, 1)
        row.addWidget(self.ask)
        row.addWidget(self.sums)
        row.addWidget(self.meter)
        self._column = QVBoxLayout(self)
        self._column.addLayout(row)
        self._space()
        desk.cues.changed.connect(self.refresh)
        desk.session.opened.connect(self.refresh)
        self.refresh()

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [self.by, self.ask, self.sums, self.meter]

    def lie(self, low: bool) -> None:
        """Where there is little height, be seen with an answer only; the meter is taken away."""
        self._low = low
        self._space()
        if not low:
            self._row.addWidget(self.meter)
        self.refresh()

    def _space(self) -> None:
        """Below the row there is air or the rest: with an answer nothing above moves."""
        rest = self.rest.sizeHint().height()
        under = rest if self._low else max(UNDER, rest - LAPS)
        self._column.setContentsMargins(0, 0, 0, under)

    def refresh(self) -> None:
        """Show what is known of the place where the current lane stands."""
        session, cues = self._desk.session, self._desk.cues
        chances, play, leaf = cues.chances(), session.play, session.ground()
        said = self.tr("asking ...") if cues.asking else self.tr("unknown")
        nameless = chances is not None and chances.nameless
        if nameless:
            said = self.tr("hardly a name: this frame goes on or ends here")
        self._name_model(play)
        self._state.set_text("" if chances is not None and not nameless else said)
        self._state.setVisible(chances is None or nameless)
        self.setToolTip(plain_tip("\n".join(chances.notes)) if chances and chances.notes else "")
        self.ask.setVisible(chances is None)
        self.ask.setEnabled(play is not None and not cues.asking and not self._desk.turns.waiting)
        self.rest.setVisible(chances is not None)
        self.setVisible(not self._low or chances is not None or cues.asking)
        if chances is None or play is None or leaf is None:
            self.shares.show_shares(())
            return
        cast, queue = play.cast(leaf.id), session.decision().queue
        found = [
            Share(str(cast.label(each.member)), each.p, each.member in queue[:1])
            for each in chances.candidates
        ]
        if chances.someone_new:
            found.append(Share(self.tr("someone new, at most"), chances.someone_new))
        found.sort(key=lambda each: -each.share)  # where the row ends, the least are left out
        self.shares.show_shares(found)
        self.rest.set_text(self._rest(chances))

    def _offer_summaries(self) -> None:
        """Where lines will be left out, or summaries stand for some."""
        play, known = self._desk.session.play, self.meter.known
        lost = known is not None and bool(known.lost or known.refused)
        self.sums.setVisible(lost or bool(play and play.tree.marked("summary")))

    def _name_model(self, play: OpenPlay | None) -> None:
        title = play.title_of(self._desk.cues.model) if play is not None else ""
        several = len(self._desk.session.models) > 1
        self.by.set_text(self.tr("{0} \u25be").format(title) if several else title)
        self.by.setAccessibleName(self.tr("Expected by {0}; ask another model").format(title))
        self.by.setEnabled(several)

    def _rest(self, chances: Chances) -> str:
        """What of all mass begins no new line; the shares are of that which does."""
        shares = (Share("", each).figure for each in (chances.goes_on, chances.ends))
        said = self.tr("Before any name: the line goes on {0}, the text ends {1}.")
        return said.format(*shares)

    def offer(self) -> None:
        """Open a menu of the models that can be asked."""
        menu = self.menu()
        menu.popup(self.by.mapToGlobal(self.by.rect().topLeft()))

    def menu(self) -> QMenu:
        """The play's models; the one asked is marked."""
        menu, play = QMenu(self), self._desk.session.play
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(menu, "menu")
        for name in play.scene.models if play is not None else ():
            assert play is not None
            action = menu.addAction(play.title_of(name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == self._desk.cues.model)
            action.triggered.connect(partial(self._desk.cues.ask_by, name))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rest stands at the foot, of no weight in the layout."""
        super().resizeEvent(event)
        high = self.rest.sizeHint().height()
        self.rest.setGeometry(0, self.height() - high, self.width(), high)
