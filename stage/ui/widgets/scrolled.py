"""A place that scrolls up and down and is never narrower than what it holds."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

from stage.ui.dress import theme

BAR = 12  # what a scroll bar takes


class Scrolled(QScrollArea):
    """Holds a layout."""

    def __init__(self, inside: QLayout, parent: QWidget | None = None) -> None:
        """Show `inside`, as wide as there is room."""
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.dress(self, "list")
        self._inner = QWidget(self)
        self._inner.setObjectName("pane")
        theme.dress(self._inner, "pane")
        # First of all: whatever is in it already would be given another parent, and dressed, twice.
        self.setWidget(self._inner)
        self._inner.setLayout(inside)
        self._inner.installEventFilter(self)

    def eventFilter(self, thing: object, event: QEvent) -> bool:
        """What is inside may need more room than before."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return False

    def sizeHint(self) -> QSize:
        """As large as what it holds."""
        return self._inner.sizeHint() + QSize(BAR, 2)

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut off at the sides."""
        return QSize(self._inner.minimumSizeHint().width() + BAR, 80)
