"""The rail at the left edge: a mark and a word for every view."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.views import VIEWS
from stage.ui.window import marks

MARK = 20  # the side of a drawing
EDGE = 3  # the width of the strip that marks where one is
AIR = ((4, 14), (1, 4))  # pixels over and around the words; where neither fits, words alone
ALONE = 6
GAP, ENDS = 2, 8  # pixels between places, and before the first one


class Place(QAbstractButton):
    """One place of the rail.

    Attributes:
        tight: how little room it takes: 0, 1, or 2 for its word alone.
    """

    tight = 0

    def __init__(self, title: str, mark: str, parent: QWidget | None = None) -> None:
        """Make a button with a drawing over its word."""
        super().__init__(parent)
        self._mark = marks.mark(mark)
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFont(fonts.interface(fonts.TINY))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawing, the word, and where one is a strip at the edge."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        if here:
            strip = QRectF(0, 4, EDGE, self.height() - 8)
            painter.fillRect(strip, QColor(scheme.accent))
        lit = here or self.underMouse()
        ink = QColor(scheme.mark if here else scheme.text if lit else scheme.muted)
        if self.hasFocus():
            painter.setPen(QPen(QColor(scheme.mark), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5.5, 2.5, -2.5, -2.5), 6, 6)
        words = self.fontMetrics().height()
        over = MARK + AIR[self.tight][0] if self.tight < len(AIR) else 0
        top = (self.height() - over - words) / 2
        painter.setPen(ink)
        painter.setFont(self.font())
        below = QRectF(EDGE, top + over, self.width() - EDGE, words)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self.text())
        if not over:
            return
        pen = QPen(ink, 1.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.translate((self.width() + EDGE - MARK) / 2, top)
        painter.drawPath(self._mark)

    def sizeHint(self) -> QSize:
        """Room for the drawing and the word."""
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance(self.text()) + EDGE + 12
        return QSize(max(60, wide), self.tall(self.tight))

    def tall(self, tight: int) -> int:
        """The height it takes at one of three degrees."""
        words = self.fontMetrics().height()
        return words + (MARK + sum(AIR[tight]) if tight < len(AIR) else ALONE)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return QSize(self.sizeHint().width(), self.tall(len(AIR)))


class Rail(QWidget):
    """Every view of the registry, one under another.

    Signals:
        wanted: the id of the view to go to.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a place for every view."""
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAccessibleName(self.tr("Views"))
        theme.dress(self, "rail")
        self.places: dict[str, Place] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, ENDS, 1, ENDS)
        column.setSpacing(GAP)
        for view in VIEWS.names:
            title = QCoreApplication.translate("views", view.capitalize())
            place = Place(title, view, self)
            place.clicked.connect(partial(self.wanted.emit, view))
            self._group.addButton(place)
            self.places[view] = place
            column.addWidget(place)
        column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room for all places, air goes first, then the drawings."""
        super().resizeEvent(event)
        places = list(self.places.values())
        room = self.height() - 2 * ENDS - GAP * len(places)
        degrees = (at for at in range(len(AIR)) if sum(each.tall(at) for each in places) <= room)
        tight = next(degrees, len(AIR))
        for place in places:
            if place.tight != tight:
                place.tight = tight
                place.updateGeometry()
                place.update()

    def mark(self, view: str) -> None:
        """Mark where one is."""
        self.places[view].setChecked(True)
