"""A text of several rows, as tall as it needs to be, until it scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.widgets.typed import Typed

MOST = 8  # rows before it scrolls


class Paragraph(Typed):
    """Typed into; Tab leaves it."""

    margin = 14  # pixels above and below the rows, with the frame

    def __init__(self, name: str, parent: QWidget, *, font: QFont | None = None) -> None:
        """Start empty; `name` is read aloud."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        # Rows are broken; a bar that comes before they are would take the room of one.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(font or fonts.interface())
        theme.dress(self, "text")
        self.document().setDocumentMargin(0)  # one row is as high as a field of one
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Be as tall as the rows, up to so many."""
        rows = min(MOST, max(1, self._rows()))
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + self.margin)

    def _rows(self) -> int:
        return int(self.document().size().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wider, it needs fewer rows."""
        super().resizeEvent(event)
        self.fit()


class Quoted(Paragraph):
    """Words that somebody said, to be read and copied; the keyboard stops where they scroll."""

    margin = 2

    def __init__(self, name: str, parent: QWidget, *, font: QFont) -> None:
        """Start empty, in a font."""
        super().__init__(name, parent, font=font)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        theme.dress(self, "quote")

    def fit(self) -> None:
        """Be as tall as the rows, and a stop where there are more than are seen."""
        super().fit()
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if self._rows() > MOST else policy.ClickFocus)
