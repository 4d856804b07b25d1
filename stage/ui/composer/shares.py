"""Names in a row, each with a small bar and a share: who is expected to speak next."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.dress.tokens import Tokens
from stage.ui.widgets.labels import plain_tip

TALL, BAR, GAP = 20, 46, 16
LEAST = 0.01  # a share that is to be seen before others have bars


@dataclass(frozen=True, slots=True)
class Share:
    """A name and its share of 0 to 1; `strong` for whoever speaks next."""

    name: str
    share: float
    strong: bool = False

    @property
    def figure(self) -> str:
        """The share in words: no small one is told as none."""
        if 0 < self.share < 0.01:
            return "<1 %"
        return f"{self.share:.0%}".replace("%", " %")


class Shares(QWidget):
    """As many names as there is room for."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start empty; `name` is read aloud."""
        super().__init__(parent)
        self._name = name
        self._shares: Sequence[Share] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show these, in order."""
        self._shares = tuple(shares)
        told = ", ".join(f"{each.name} {each.figure}" for each in shares)
        self.setAccessibleName(f"{self._name}: {told}" if told else self._name)
        self.setToolTip(plain_tip(told) if told else "")
        self.update()

    @property
    def shares(self) -> Sequence[Share]:
        """What is shown."""
        return self._shares

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint name, bar and figure side by side; bars go first for want of room, then names."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.interface(fonts.SMALL))
        metrics = painter.fontMetrics()
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        told = [each for each in self._shares if each.share >= LEAST]
        words = sum(metrics.horizontalAdvance(each.name + each.figure) for each in told)
        bar = BAR + 6 if words + len(told) * (BAR + 12 + GAP) - GAP <= self.width() else 0
        x = 0.0
        for each in self._shares:
            name, figure = (metrics.horizontalAdvance(text) for text in (each.name, each.figure))
            if x + name + bar + figure + 6 > self.width():
                break
            painter.setPen(QColor(scheme.text if each.strong else scheme.muted))
            painter.drawText(QPointF(x, base), each.name)
            if bar:
                self._bar(painter, x + name + 6, each, scheme)
            painter.setPen(QColor(scheme.text if each.strong else scheme.muted))
            painter.drawText(QPointF(x + name + bar + 6, base), each.figure)
            x += name + bar + figure + 6 + GAP

    def _bar(self, painter: QPainter, x: float, share: Share, scheme: Tokens) -> None:
        track = QRectF(x, self.height() / 2 - 3, BAR, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.sunken))
        painter.drawRoundedRect(track, 3, 3)
        wide = BAR * min(1.0, share.share)
        if wide >= 1:
            painter.setBrush(QColor(scheme.mark if share.strong else scheme.muted))
            painter.drawRoundedRect(QRectF(x, track.top(), max(3.0, wide), 6), 3, 3)

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(200, TALL)
