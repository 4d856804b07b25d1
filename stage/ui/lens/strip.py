"""The strip over the lanes while tokens are coloured: by what, what colours mean, what is read."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.ui import words
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.lens.scale import Scale
from stage.ui.lens.scoring import Scoring
from stage.ui.lens.tinting import MODES
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, label


class Legend(QWidget):
    """Hidden while text is shown without colours."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow the preferences and what is being scored."""
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("pane")
        theme.dress(self, "page-bottom")
        self.by = Choice(self.tr("Colour tokens by"), self)
        for mode in MODES:
            self.by.addItem(words.colour_by(mode), mode)
        self.by.activated.connect(self._chosen)
        self.scale = Scale(self)
        self.scoring = Scoring(desk, self)
        keeps = self.scoring.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # what stands before it stays where it is
        self.scoring.setSizePolicy(keeps)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 5, 18, 5)
        row.setSpacing(12)
        small = fonts.interface(fonts.SMALL)
        self.setMinimumHeight(QFontMetrics(small).height() + 20)
        row.addWidget(label(self.tr("Colour by"), font=small, role=MUTED))
        row.addWidget(self.by)
        row.addWidget(self.scale)
        row.addWidget(self.scoring, 1)
        desk.prefs.changed.connect(self._show)
        desk.session.opened.connect(self._show)
        self._show()

    def _chosen(self) -> None:
        self._desk.prefs.set("colour_by", self.by.currentData())

    def _show(self) -> None:
        by, play = self._desk.looks.by, self._desk.session.play
        self.setVisible(by is not None and play is not None)
        if by is None or play is None:
            return
        self.by.setCurrentIndex(MODES.index(by))
        names = [play.title_of(name) for name in self._desk.session.models]
        self.scale.show_mode(by, names, self.tr("This scene has one model"), typed=True)
