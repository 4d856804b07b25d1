"""A card: one sentence about what went wrong, and what can be done about it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.dress.eliding import beginning
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, Elided, label


class Card(QWidget):
    """A sentence with "Try again", what else may help, and "Close".

    Signals:
        retried, closed: the button was pressed.
    """

    retried = Signal()
    closed = Signal()

    def __init__(
        self,
        sentence: str,
        *,
        title: str,
        retry: bool,
        closes: bool = True,
        more: Mapping[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Say `sentence` under a title; `more`: what else can be done, by its word."""
        super().__init__(parent)
        self.setAccessibleName(f"{title}: {sentence}")
        words = label(beginning(sentence), font=fonts.interface(fonts.INTERFACE), wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        above = QWidget(self)
        row = Flow(above, spacing=10, between=0)  # a lane may be narrower than all of it
        row.addWidget(Elided(title, font=fonts.heading(), role=MUTED, parent=self))
        if retry:
            again = Link(self.tr("Try again"), self)
            again.clicked.connect(self.retried)
            row.addWidget(again)
        for word, do in (more or {}).items():
            other = Link(word, self)
            other.clicked.connect(do)
            row.addWidget(other)
        close = Link(self.tr("Close"), self)  # made last, as Tab goes
        close.clicked.connect(self.closed)
        row.addWidget(close)
        close.setVisible(closes)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 12)
        column.setSpacing(2)
        column.addWidget(above)
        column.addWidget(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a ground with a strong edge at the left."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(scheme.window))
        painter.fillRect(0, 0, self.width(), 1, QColor(scheme.rule))
        painter.fillRect(0, 1, 3, self.height(), QColor(scheme.warning))
