"""How surprising each token of the chosen line was to its model, and to the other one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from stage.director.weighing.looking import mean
from stage.director.weighing.placing import has_words
from stage.kit.tasks import spawn
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from stage.ui.lens.sight import Sight
from stage.ui.panels.chosen import ChosenPanel
from stage.ui.panels.panel import Panel
from stage.ui.widgets.bars import Sparkline
from stage.ui.widgets.labels import MUTED, label
from stage.ui.words import few_tokens, tr


class SurprisePanel(ChosenPanel):
    """A bar for each token, the other model's numbers as a curve; a click looks at a token."""

    def __init__(self, desk: Desk) -> None:
        """Follow the chosen line."""
        super().__init__(desk)
        self._line, self._token = "", -1
        self._shown: tuple[object, object] = (None, None)
        self.mean = label(font=fonts.interface(fonts.SMALL), role=MUTED, wrap=True)
        self.spark = Sparkline(self.tr("Surprise along the line"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.spark)
        column.addWidget(self.mean)
        self.spark.picked.connect(self._picked)
        desk.looks.arrived.connect(self._arrived)
        desk.wishes.token.connect(self._token_looked_at)
        self._show()

    def _show(self) -> None:
        if not self.isVisible():
            return
        line, looks = self._desk.session.chosen_line(), self._desk.looks
        if line is not None and line.model and line.reason:
            self._desk.details.get(line.id)
        wanted = line.id if line is not None and (line.reason or not line.model) else ""
        if wanted != self._line:
            self._line, self._token = wanted, -1
        mine, other = looks.both(line) if line is not None and wanted else (None, None)
        values = mine.surprise if mine is not None else []
        meeting = looks.meeting(line) if line is not None and other is not None else None
        yet = line is None or has_words(line)
        self.spark.nothing = (
            self.tr("No token of it is scored yet.")
            if yet
            else self.tr("Only what somebody says is scored.")
        )
        others = meeting.beside if meeting is not None and meeting.one is mine else []
        self.spark.show_values(values, self._token, others)
        if self._shown != (mine, other):  # an interval of many tokens takes a while
            self._shown = (mine, other)
            self.mean.setText("")
            known = [each for each in (mine, other) if each is not None]
            if known:
                spawn(self._tell(known, curve=bool(others)), name="mean surprise")

    async def _tell(self, sights: list[Sight], *, curve: bool) -> None:
        rows = await means(sights)
        if curve:  # only then is it a question which of the two is whose
            rows.append(self.tr("Bars: {0}. Curve: {1}.").format(*(each.model for each in sights)))
        if [each for each in self._shown if each is not None] == sights:
            self.mean.setText("\n".join(rows))

    def _picked(self, token: int) -> None:
        self._desk.wishes.token.emit(self._line, token)

    def _token_looked_at(self, line_id: str, token: int) -> None:
        if line_id == self._line:
            self._token = token
            self._show()


async def means(sights: Sequence[Sight]) -> list[str]:
    """The mean surprise by model, with its number of tokens and interval."""
    rows = []
    for sight in sights:
        found = await mean(sight.said)
        if found is None:
            continue
        words = tr("surprise", "{0}: {1} nats/token of {2}")
        interval = f" [{found.low:.2f}, {found.high:.2f}]" if found.low is not None else ""
        rows.append(words.format(sight.model, f"{found.value:.2f}{interval}", found.n))
        if found.low is None and sight is sights[-1]:
            rows.append(few_tokens())
    return rows


ENTRY = Panel("surprise", "Surprise along the line", "right", SurprisePanel, of_line=True)
