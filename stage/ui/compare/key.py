"""What is tinted where branches are compared, what colours stand for, and what is being scored."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui.compare.turns import BY
from stage.ui.desk.desk import Desk
from stage.ui.dress import theme
from stage.ui.lens.scale import Scale
from stage.ui.lens.scoring import Scoring
from stage.ui.widgets.buttons import Segment
from stage.ui.widgets.flow import Flow

TINTS = ("words", "surprise", "difference", "nothing")


class Key(QWidget):
    """A strip over the branches; where it is narrow, in two rows.

    Signals:
        tinted: one of TINTS.
    """

    tinted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow what is being scored."""
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("pane")
        theme.dress(self, "page-bottom")
        inner = QWidget(self)
        names = (
            (self.tr("Words"), self.tr("Tint the words that differ")),
            (self.tr("Surprise"), self.tr("Tint tokens by surprise")),
            (self.tr("Difference"), self.tr("Tint tokens by the difference of two models")),
            (self.tr("Plain"), self.tr("Tint nothing")),
        )
        self.tints = [Segment(*each, inner) for each in names]
        self.scale = Scale(inner, indent=10)  # or its first word reads like the last choice
        self.scoring = Scoring(desk, self)
        flow = Flow(inner, spacing=4)
        for part in (*self.tints, self.scale):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 5, 18, 5)
        column.setSpacing(4)
        column.addWidget(inner)
        column.addWidget(self.scoring)
        for tint, segment in zip(TINTS, self.tints, strict=True):
            segment.clicked.connect(partial(self.tinted.emit, tint))

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*self.tints, self.scoring.stop]

    def show_tinting(self, tinting: str) -> None:
        """Show what is tinted, and what its colours stand for."""
        compared = self._desk.compared
        for tint, segment in zip(TINTS, self.tints, strict=True):
            telling = tint in BY and compared.blind
            segment.setChecked(tint == tinting)
            segment.setEnabled(not telling)
            segment.setToolTip(
                self.tr("What a model thinks of it gives it away.") if telling else ""
            )
        self.scale.setVisible(tinting in BY)
        if tinting in BY:
            play, models = self._desk.session.play, self._desk.session.models
            names = [play.title_of(name) for name in models] if play is not None else []
            self.scale.show_mode(tinting, names, self.tr("This scene has one model"))
