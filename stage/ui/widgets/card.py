"""A card: one sentence about what went wrong, and what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stage.ui import fonts, theme
from stage.ui.widgets.buttons import Button, Link
from stage.ui.widgets.labels import MUTED, label


class Card(QWidget):
    """A sentence with "Try again" and "Close".

    Signals:
        retried, closed: the button was pressed.
    """

    retried = Signal()
    closed = Signal()

    def __init__(
        self, sentence: str, *, title: str, retry: bool, parent: QWidget | None = None
    ) -> None:
        """Say `sentence` under a title."""
        super().__init__(parent)
        self.setAccessibleName(f"{title}: {sentence}")
        words = label(sentence, font=fonts.interface(fonts.INTERFACE), wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(label(title, font=fonts.heading(), role=MUTED))
        column.addWidget(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 10, 16, 12)
        row.setSpacing(12)
        row.addLayout(column, 1)
        if retry:
            again = Button(self.tr("Try again"), parent=self)
            again.clicked.connect(self.retried)
            row.addWidget(again, 0, Qt.AlignmentFlag.AlignVCenter)
        close = Link(self.tr("Close"), self)
        close.clicked.connect(self.closed)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a ground with a strong edge at the left."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(scheme.window))
        painter.fillRect(0, 0, self.width(), 1, QColor(scheme.rule))
        painter.fillRect(0, 1, 3, self.height(), QColor(scheme.warning))
