"""A notice that the foot has no room for: whole, over what is above it, while it is to be read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QStaticText,
    QTextOption,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from stage.ui.dress import fonts, theme
from stage.ui.dress.eliding import beginning

WIDE = 64  # letters of a row, where the window has room
MOST = 700  # letters that are shown; Help has the rest
GAP, EDGE = 8, 12  # pixels around it, and around its words


class Bubble(QWidget):
    """Stands at the right above the foot of a window; a click puts it away."""

    def __init__(self, foot: QWidget) -> None:
        """Belong to the window whose foot it is; nothing is said."""
        super().__init__(foot.parentWidget() or foot)
        self._foot = foot
        self.text = ""
        self._rows = QStaticText()
        self._rows.setTextFormat(Qt.TextFormat.PlainText)
        broken = QTextOption()
        broken.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._rows.setTextOption(broken)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.dress(self, "bubble")
        self.setFont(fonts.interface(fonts.SMALL))
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence whole; "" puts it away."""
        self.text = beginning(sentence, MOST)
        self.setAccessibleName(self.text)
        self.setVisible(bool(self.text))
        self.place()
        self.update()

    def place(self) -> None:
        """Be where there is room now."""
        foot, metrics = self._foot.geometry(), self.fontMetrics()
        room = min(WIDE * metrics.averageCharWidth(), foot.width() - 2 * (GAP + EDGE))
        self._rows.setTextWidth(max(1, room))
        self._rows.setText(self.text)
        self._rows.prepare(QTransform(), self.font())
        words = self._rows.size().toSize()
        self.resize(words.width() + 2 * EDGE, words.height() + 2 * EDGE)
        self.move(foot.right() - GAP - self.width(), foot.top() - GAP - self.height())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, broken where they must be."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawStaticText(EDGE, EDGE, self._rows)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """It was read."""
        self.say("")
