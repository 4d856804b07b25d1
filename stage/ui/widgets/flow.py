"""A layout whose things follow each other and go on in the next row."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem


class Flow(QLayout):
    """Rows of widgets of their own size, or of a whole row where that is too long.

    Qt asks for its height dozens of times whenever a window is laid out: what was measured is
    kept until something is said to have changed.
    """

    def __init__(
        self, parent: QWidget | None = None, spacing: int = 6, between: int | None = None
    ) -> None:
        """Start empty; `between`: pixels between rows, where they are others than in a row."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._between = spacing, spacing if between is None else between
        self._sizes: list[tuple[QLayoutItem, QSize]] | None = None
        self._heights: dict[int, int] = {}
        self._least: QSize | None = None
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def _seen(self) -> list[tuple[QLayoutItem, QSize]]:
        """What is not hidden, and the size it wants."""
        if self._sizes is None:
            there = (item for item in self._items if not item.isEmpty())
            self._sizes = [(item, item.sizeHint()) for item in there]
        return self._sizes

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for item, size in self._seen():
            if size.width() > width:  # squeezed, as far as it can be
                size = QSize(max(width, item.minimumSize().width()), size.height())
            if not rows or x + size.width() > width:
                rows.append([])
                x = 0
            rows[-1].append((item, size))
            x += size.width() + self._gap
        return rows

    def addWidget(self, widget: QWidget) -> None:  # noqa: N802
        """Add a widget, in an item of our own.

        PySide keeps what it knows of Qt's own items after Qt has deleted them, and would take
        the next thing that is made at the same address for one.
        """
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Qt's way to add."""
        self._items.append(item)
        self._forget()

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """The thing at an index."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Take a thing out."""
        self._forget()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        """Something in here is another size, or is hidden or shown."""
        self._forget()
        super().invalidate()

    def _forget(self) -> None:
        self._sizes = self._least = None
        self._heights.clear()

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Its height follows its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at a width."""
        if width not in self._heights:
            tall = [max(size.height() for _, size in row) for row in self._rows(width)]
            self._heights[width] = sum(tall) + self._between * max(0, len(tall) - 1)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Place everything."""
        super().setGeometry(rect)
        y = rect.y()
        for row in self._rows(rect.width()):
            tall, x = max(size.height() for _, size in row), rect.x()
            for item, size in row:
                item.setGeometry(QRect(QPoint(x, y + (tall - size.height()) // 2), size))
                x += size.width() + self._gap
            y += tall + self._between

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [size for _, size in self._seen()]
        wide = sum(size.width() + self._gap for size in sizes)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        """The widest thing."""
        if self._least is None:
            sizes = [item.minimumSize() for item, _ in self._seen()]
            wide = max((size.width() for size in sizes), default=0)
            self._least = QSize(wide, max((size.height() for size in sizes), default=0))
        return QSize(self._least)
