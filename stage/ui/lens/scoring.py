"""What is being scored for tokens that are to be seen, and a way to stop that."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, Elided


class Scoring(QWidget):
    """A row, hidden while nothing is scored."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow what is being scored."""
        super().__init__(parent)
        self._looks = desk.looks
        self.state = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self.stop = Link(self.tr("Stop"), self)
        self.stop.setAccessibleName(self.tr("Stop scoring"))
        self.stop.clicked.connect(desk.looks.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.state, 1)
        row.addWidget(self.stop)
        desk.looks.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what is scored now."""
        self.state.set_text(self._looks.words)
        self.setVisible(bool(self._looks.words))
