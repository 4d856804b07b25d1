"""Parts side by side, or one under the other, with a thin line between them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from stage.ui.dress import theme

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
GAP = 3  # pixels: Qt lays a thinner handle over both sides, which are painted anew by that


class Split(QSplitter):
    """A splitter whose lines are painted here: one with a style sheet would dress all in it.

    A handle of a class of ours would be deleted twice when Qt takes a part out.
    """

    def __init__(
        self, way: Qt.Orientation, parent: QWidget | None = None, *, ground: str = ""
    ) -> None:
        """Have no part yet.

        Args:
            ground: of both sides, where the line is thinner than the handle; "" fills it.
        """
        super().__init__(way, parent)
        self._ground = ground
        if ground:
            self.setHandleWidth(GAP)

    def addWidget(self, widget: QWidget) -> None:  # noqa: N802 - Qt's name
        """Add a part at the end."""
        super().addWidget(widget)
        self._watch()

    def insertWidget(self, index: int, widget: QWidget) -> None:  # noqa: N802 - Qt's name
        """Add a part before another one."""
        super().insertWidget(index, widget)
        self._watch()

    def _watch(self) -> None:
        for handle in self.findChildren(QSplitterHandle, options=DIRECT):
            handle.installEventFilter(self)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Paint the handles."""
        if event.type() != QEvent.Type.Paint or not isinstance(thing, QSplitterHandle):
            return False
        scheme, painter = theme.tokens(self), QPainter(thing)
        seen = thing.contentsRect()  # Qt makes the handle wider, for the mouse
        painter.fillRect(seen, QColor(scheme.rule))
        if self._ground:
            for at in (seen.left(), seen.right()):
                painter.fillRect(at, 0, 1, thing.height(), QColor(getattr(scheme, self._ground)))
        painter.end()
        return True
