"""Names one under another, each with a bar and a share: who is expected to speak next."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.dress.glyphs import paint_disc
from stage.ui.dress.theme import persona_colour
from stage.ui.dress.tokens import Tokens
from stage.ui.widgets.labels import plain_tip

MOST = 7  # rows; the tooltip and a screen reader have all
DISC, GAP, BAR, AIR = 14, 8, 8, 6  # pixels
NAME = 0.4  # of the width, at most
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Share:
    """A name and its share of 0 to 1, None while it is unknown.

    Attributes:
        colour: whose disc and bar it has, NOBODY for somebody who is not in the cast.
        strong: it is whoever speaks next.
        most: the share is at most this.
    """

    name: str
    share: float | None
    colour: int = NOBODY
    strong: bool = False
    most: bool = False

    @property
    def figure(self) -> str:
        """The share in words: no small one is told as none."""
        if self.share is None:
            return ""
        if 0 < self.share < 0.01:
            return "<1 %"
        sign = "\u2264" if self.most else ""
        return sign + f"{self.share:.0%}".replace("%", " %")


class Shares(QWidget):
    """Rows of a disc, a name, a bar and a figure; an empty bar where nothing is known."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start empty; `name` is read aloud."""
        super().__init__(parent)
        self._name = name
        self._shares: Sequence[Share] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show these, in order."""
        if tuple(shares) == self._shares:
            return
        others = len(shares) != len(self._shares)
        self._shares = tuple(shares)
        told = ", ".join(f"{each.name} {each.figure}" for each in shares if each.share is not None)
        self.setAccessibleName(f"{self._name}: {told}" if told else self._name)
        self.setToolTip(plain_tip(told) if told else "")
        if others:
            self.updateGeometry()
        self.update()

    @property
    def shares(self) -> Sequence[Share]:
        """What is shown."""
        return self._shares

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that there are."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        figure = QFontMetrics(fonts.figures(fonts.SMALL)).horizontalAdvance("\u2264100 %") + 2
        left = DISC + GAP
        name = max((_wide(each) for each in self._shares[:MOST]), default=0)
        name = min(name, int(self.width() * NAME))
        track = max(0, self.width() - left - name - GAP - figure)
        for at, each in enumerate(self._shares[:MOST]):
            top, high = at * self._row(), self._row()
            _disc(painter, QRectF(0, top + (high - DISC) / 2, DISC, DISC), each, scheme)
            _words(painter, QRectF(left, top, name, high), each, scheme)
            bar = QRectF(left + name + GAP, top + (high - BAR) / 2, track, BAR)
            _bar(painter, bar, each, scheme)
            painter.setFont(fonts.figures(fonts.SMALL))
            painter.setPen(QColor(scheme.text if each.strong else scheme.muted))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(bar.right(), top, figure, high), flags, each.figure)

    def _row(self) -> int:
        return max(DISC, QFontMetrics(fonts.interface()).height()) + AIR

    def sizeHint(self) -> QSize:
        """As many rows as are shown."""
        return QSize(200, self._row() * min(MOST, len(self._shares)))


def _font(share: Share) -> QFont:
    return fonts.interface(weight=QFont.Weight.DemiBold if share.strong else QFont.Weight.Normal)


def _wide(share: Share) -> int:
    return QFontMetrics(_font(share)).horizontalAdvance(share.name) + 1


def _words(painter: QPainter, where: QRectF, share: Share, scheme: Tokens) -> None:
    font = _font(share)
    painter.setFont(font)
    painter.setPen(QColor(scheme.muted if share.share is None else scheme.text))
    cut = QFontMetrics(font).elidedText(share.name, Qt.TextElideMode.ElideRight, int(where.width()))
    painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, cut)


def _disc(painter: QPainter, where: QRectF, share: Share, scheme: Tokens) -> None:
    """Somebody who is not in the cast has a ring."""
    if share.colour != NOBODY:
        paint_disc(painter, where, share.colour)
        return
    painter.setPen(QPen(QColor(scheme.muted), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(where.adjusted(1.5, 1.5, -1.5, -1.5))


def _bar(painter: QPainter, track: QRectF, share: Share, scheme: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(scheme.sunken))
    painter.drawRoundedRect(track, BAR / 2, BAR / 2)
    if share.share is None or track.width() * share.share < 1:
        return
    known = share.colour != NOBODY
    painter.setBrush(persona_colour(share.colour) if known else QColor(scheme.muted))
    wide = max(3.0, track.width() * min(1.0, share.share))
    painter.drawRoundedRect(QRectF(track.left(), track.top(), wide, BAR), 3, 3)
