"""The rail at the left edge: a mark and a word for every view."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.views import VIEWS
from stage.ui.window import marks

MARK = 20  # the side of a drawing
EDGE = 3  # the width of the strip that marks where one is


class Place(QAbstractButton):
    """One place of the rail."""

    def __init__(self, title: str, mark: str, parent: QWidget | None = None) -> None:
        """Make a button with a drawing over its word."""
        super().__init__(parent)
        self._mark = marks.mark(mark)
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFont(fonts.interface(fonts.TINY))
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
        top = (self.height() - MARK - 4 - words) / 2
        painter.setPen(ink)
        painter.setFont(self.font())
        below = QRectF(EDGE, top + MARK + 4, self.width() - EDGE, words)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self.text())
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
        return QSize(max(60, wide), MARK + 4 + metrics.height() + 14)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()


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
        column.setContentsMargins(0, 8, 1, 8)
        column.setSpacing(2)
        for view in VIEWS.names:
            title = QCoreApplication.translate("views", view.capitalize())
            place = Place(title, view, self)
            place.clicked.connect(partial(self.wanted.emit, view))
            self._group.addButton(place)
            self.places[view] = place
            column.addWidget(place)
        column.addStretch(1)

    def mark(self, view: str) -> None:
        """Mark where one is."""
        self.places[view].setChecked(True)
