"""A strip that says what was done and offers the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.ui.dress import theme
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import label


class Notice(QWidget):
    """One sentence with one action, until it is closed or another one comes.

    Signals:
        acted: the action is wanted.
    """

    acted = Signal()

    def __init__(self, act: str, parent: QWidget | None = None) -> None:
        """Hidden until something is said; `act` is what the action is called."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "pane-bottom")
        self.words = label(wrap=True)
        self.act = Link(act, self)
        self.away = Link(self.tr("Close"), self)
        self.away.setAccessibleName(self.tr("Close the notice"))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 7, 16, 7)
        row.setSpacing(14)
        row.addWidget(self.words, 1)
        row.addWidget(self.act)
        row.addWidget(self.away)
        self.act.clicked.connect(self.acted)
        self.away.clicked.connect(self.hide)
        self.hide()

    def say(self, sentence: str, *, able: bool = True) -> None:
        """Say it; without `able` there is nothing to be done about it."""
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.act.setVisible(able)
        self.show()
