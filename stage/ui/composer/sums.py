"""Where summaries are of use, a way to them: beside the meter."""

from functools import partial

from PySide6.QtWidgets import QWidget

from stage.ui.composer.meter import Meter
from stage.ui.desk.desk import Desk
from stage.ui.widgets.buttons import Link


class Sums(Link):
    """Leads to the summaries of a play; seen where lines are left out, or one stands for some."""

    def __init__(self, desk: Desk, meter: Meter, parent: QWidget | None = None) -> None:
        """Follow what a meter tells."""
        super().__init__("", parent)
        self._desk, self._meter = desk, meter
        self.set_text(self.tr("Summaries"))
        self.setToolTip(self.tr("What prompts hold in the place of old lines"))
        self.clicked.connect(partial(desk.wishes.action.emit, "summaries"))
        meter.told.connect(self._offer)
        self.hide()

    def _offer(self) -> None:
        play, known = self._desk.session.play, self._meter.known
        lost = known is not None and bool(known.lost or known.refused)
        self.setVisible(lost or bool(play and play.tree.marked("summary")))
