"""What the colours of a text that was read stand for, and whose tokens are seen."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui import words
from stage.ui.dress import fonts, theme
from stage.ui.lens.scale import Scale
from stage.ui.lens.tinting import MODES, By
from stage.ui.widgets.buttons import Segment
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, label


class LensLegend(QWidget):
    """A strip; where it is narrow, in two rows.

    Signals:
        changed: tokens are to be coloured by something else.
        turned: the tokens of another model (its index) are to be seen.
    """

    changed = Signal()
    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with surprise."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "page-bottom")
        inner = QWidget(self)
        self.by = Choice(self.tr("Colour tokens by"), inner)
        for mode in MODES:
            self.by.addItem(words.colour_by(mode), mode)
        self.which = [Segment("", "", inner), Segment("", "", inner)]
        self.scale = Scale(inner)
        flow = Flow(inner, spacing=10)
        flow.addWidget(label(self.tr("Colour by"), font=fonts.interface(fonts.SMALL), role=MUTED))
        for part in (self.by, *self.which, self.scale):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 5, 18, 5)
        column.addWidget(inner)
        self.by.activated.connect(self._chosen)
        for at, segment in enumerate(self.which):
            segment.clicked.connect(partial(self.turned.emit, at))

    @property
    def mode(self) -> By:
        """What tokens are coloured by."""
        chosen: By = self.by.currentData()
        return chosen

    def show_models(self, names: Sequence[str], at: int) -> None:
        """Offer the tokens of two models, those of one of them chosen; none: offer nothing."""
        for number, segment in enumerate(self.which):
            segment.setVisible(number < len(names))
            if number < len(names):
                segment.setText(names[number])
                segment.setAccessibleName(self.tr("Tokens of {0}").format(names[number]))
            segment.setChecked(number == at)
            segment.updateGeometry()

    def show_scale(self, names: Sequence[str]) -> None:
        """Say what colours stand for, with the names of the chosen models."""
        self.scale.show_mode(self.mode, names, self.tr("Choose a second model"))

    def _chosen(self) -> None:
        self.changed.emit()
