"""A place in time on a line: a knob to drag, and a tick where each line begins."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from stage.ui.dress import theme
from stage.ui.dress.theme import persona_colour

STEPS = 10_000  # of the whole line
KNOB = 7


class Scrubber(QSlider):
    """A slider over the length of a replay; keys and screen readers know what a slider is."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Stand at the beginning; `name` is read aloud."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._ticks: Sequence[tuple[float, int]] = ()
        self.setAccessibleName(name)
        self.setRange(0, STEPS)
        self.setPageStep(STEPS // 20)
        self.setSingleStep(STEPS // 200)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_ticks(self, ticks: Sequence[tuple[float, int]]) -> None:
        """Mark where lines begin: (share of the length, index of the speaker's colour)."""
        self._ticks = ticks
        self.update()

    def stand(self, share: float) -> None:
        """Show a place, 0 to 1; nobody is told."""
        self.blockSignals(True)
        self.setValue(round(share * STEPS))
        self.blockSignals(False)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track, what has passed, the ticks and the knob."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, wide, middle = KNOB, self.width() - 2 * KNOB, self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.rule))
        painter.drawRoundedRect(QRectF(left, middle - 2, wide, 4), 2, 2)
        passed = wide * self.value() / STEPS
        painter.setBrush(QColor(scheme.accent if self.isEnabled() else scheme.faint))
        painter.drawRoundedRect(QRectF(left, middle - 2, passed, 4), 2, 2)
        drawn = -10.0
        for share, colour in self._ticks:
            at = left + share * wide
            if at - drawn >= 3:  # where lines are many, every pixel says no more
                painter.fillRect(QRectF(at - 1, middle - 9, 2, 5), persona_colour(colour))
                drawn = at
        painter.setBrush(QColor(scheme.accent if self.isEnabled() else scheme.faint))
        painter.drawEllipse(QPointF(left + passed, middle), KNOB - 1, KNOB - 1)
        if self.hasFocus():
            painter.setPen(QPen(QColor(scheme.mark), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(left + passed, middle), KNOB + 2, KNOB + 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the line goes there."""
        if event.button() == Qt.MouseButton.LeftButton:
            wide = max(1, self.width() - 2 * KNOB)
            share = (event.position().x() - KNOB) / wide
            self.setValue(round(min(1.0, max(0.0, share)) * STEPS))
        super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(240, 26)

    def minimumSizeHint(self) -> QSize:
        """Enough to aim at."""
        return QSize(120, 26)
