"""Under the composer: whom the model expects to speak next, and how full the context is."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.ui import fonts
from stage.ui.desk import Desk
from stage.ui.meter import Meter
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, Elided, label, plain_tip
from stage.ui.widgets.shares import Share, Shares


class Expected(QWidget):
    """A row of shares, unknown until a model was asked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow the desk's cues."""
        super().__init__(parent)
        self._desk = desk
        small = fonts.interface(fonts.SMALL)
        self._state = Elided(font=small, role=MUTED, parent=self)
        self.shares = Shares(self.tr("Expected next"), self)
        self.ask = Link(self.tr("Ask the model"), self)
        self.ask.clicked.connect(desk.cues.expect)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(label(self.tr("Expected"), font=small, role=MUTED))
        row.addWidget(self._state)
        row.addWidget(self.shares, 1)
        row.addWidget(self.ask)
        self.meter = Meter(desk, self)
        row.addWidget(self.meter)
        desk.cues.changed.connect(self.refresh)
        desk.session.opened.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is known of the place where the current lane stands."""
        session, cues = self._desk.session, self._desk.cues
        chances, play, leaf = cues.chances(), session.play, session.ground()
        words = self.tr("asking ...") if cues.asking else self.tr("unknown")
        nameless = chances is not None and chances.nameless
        if nameless:
            words = self.tr("hardly a name: this frame goes on or ends here")
        self._state.set_text("" if chances is not None and not nameless else words)
        self._state.setVisible(chances is None or nameless)
        self._state.setToolTip(plain_tip("\n".join(chances.notes)) if chances else "")
        self.ask.setVisible(chances is None)
        self.ask.setEnabled(play is not None and not cues.asking and not self._desk.turns.waiting)
        if chances is None or play is None or leaf is None:
            self.shares.show_shares(())
            return
        cast, queue = play.cast(leaf.id), session.decision().queue
        found = [
            Share(str(cast.label(each.member)), each.p, each.member in queue[:1])
            for each in chances.candidates
        ]
        if chances.someone_new:
            found.append(Share(self.tr("someone new"), chances.someone_new))
        found.sort(key=lambda each: -each.share)  # where the row ends, the least are left out
        self.shares.show_shares(found)
