"""How surprising each token of the chosen line was to its model."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.measures.average import Average, average
from stage.ui import fonts
from stage.ui.desk import Desk
from stage.ui.panels.panel import Panel
from stage.ui.widgets.bars import Sparkline
from stage.ui.widgets.labels import MUTED, label


class SurprisePanel(QWidget):
    """A bar for each token; a click looks at it."""

    def __init__(self, desk: Desk) -> None:
        """Follow the chosen line."""
        super().__init__()
        self._desk = desk
        self._line, self._token = "", -1
        self._mean = label(font=fonts.interface(fonts.SMALL), role=MUTED, wrap=True)
        self._spark = Sparkline(self.tr("Surprise along the line"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._spark)
        column.addWidget(self._mean)
        self._spark.picked.connect(self._picked)
        desk.session.chose.connect(self._show)
        desk.session.moved.connect(self._moved)
        desk.details.arrived.connect(self._arrived)
        desk.wishes.token.connect(self._token_looked_at)
        self._show()

    def _show(self) -> None:
        line = self._desk.session.chosen_line()
        wanted = line.id if line and line.model and line.reason else ""
        if wanted != self._line:
            self._line, self._token = wanted, -1
        reading = self._desk.details.get(wanted) if wanted else None
        values = reading.surprise if reading else []
        self._spark.show_values(values, self._token)
        self._mean.setText(self._words(average(values)))

    def _words(self, mean: Average | None) -> str:
        if mean is None:
            return ""
        if mean.low is None or mean.high is None:
            said = self.tr("{0} nats/token of {1}; too few tokens for an interval")
            return said.format(f"{mean.value:.2f}", mean.n)
        interval = f"{mean.value:.2f} [{mean.low:.2f}, {mean.high:.2f}]"
        return self.tr("{0} nats/token of {1}").format(interval, mean.n)

    def _picked(self, token: int) -> None:
        self._desk.wishes.token.emit(self._line, token)

    def _token_looked_at(self, line_id: str, token: int) -> None:
        if line_id == self._line:
            self._token = token
            self._show()

    def _moved(self, at: int) -> None:
        self._show()

    def _arrived(self, line_id: str) -> None:
        line = self._desk.session.chosen_line()
        if line is not None and line.id == line_id:
            self._show()


ENTRY = Panel("surprise", "Surprise along the line", "right", SurprisePanel)
