"""What holds other widgets is coloured by its palette: a style sheet would dress all in it, too.

Qt polishes every widget below one with a sheet when it is shown, moved or given another parent:
most of what it took to build a view.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from stage.ui.dress.sheets import scrollbars
from stage.ui.dress.tokens import Tokens

# By kind: the ground, and at which side a line stands.
GROUNDS = {
    "pane": ("window", ""), "rail": ("window", "right"), "pane-top": ("window", "top"),
    "pane-left": ("window", "left"), "pane-bottom": ("window", "bottom"),
    "page": ("surface", ""), "page-bottom": ("surface", "bottom"), "page-top": ("surface", "top"),
    "dialog": ("window", ""),
}  # fmt: skip
OWN = Qt.FindChildOption.FindDirectChildrenOnly
AREAS = {"lane": "surface", "list": "window"}  # the ground of what scrolls


def lay(widget: QWidget, kind: str, scheme: Tokens, all_colours: QPalette) -> None:
    """Give a widget of GROUNDS or AREAS its colours in a scheme.

    It has all of them itself, so that Qt tells what is in it of another scheme once, and only
    when the widget is told.
    """
    ground = QColor(getattr(scheme, AREAS.get(kind) or GROUNDS[kind][0]))
    colours = QPalette(all_colours)
    colours.setColor(QPalette.ColorRole.Window, ground)
    if kind in AREAS and isinstance(widget, QAbstractScrollArea):
        colours.setColor(QPalette.ColorRole.Base, ground)
        widget.setFrameShape(QFrame.Shape.NoFrame)
        for bar, policy in (
            (widget.verticalScrollBar(), widget.verticalScrollBarPolicy()),
            (widget.horizontalScrollBar(), widget.horizontalScrollBarPolicy()),
        ):
            if policy != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:  # nobody sees that one
                bar.setStyleSheet(scrollbars(scheme))
    widget.setPalette(colours)
    widget.setAutoFillBackground(True)
    if kind in GROUNDS:
        _line(widget, GROUNDS[kind][1], scheme)


def _line(widget: QWidget, side: str, scheme: Tokens) -> None:
    made = widget.findChild(Line, options=OWN)  # those of panes inside are theirs
    if made is None and side:
        made = Line(widget)
    if made is not None:
        made.side, made.colour = side, QColor(scheme.rule)
        widget.update()


class Line(QObject):
    """A line along one side of a widget, under all that is in it."""

    def __init__(self, widget: QWidget) -> None:
        """Be painted with the widget."""
        super().__init__(widget)
        self.side, self.colour = "", QColor()
        widget.installEventFilter(self)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Paint before the widget does."""
        if event.type() == QEvent.Type.Paint and isinstance(thing, QWidget) and self.side:
            wide, high = thing.width(), thing.height()
            place = {
                "top": (0, 0, wide, 1), "bottom": (0, high - 1, wide, 1),
                "left": (0, 0, 1, high), "right": (wide - 1, 0, 1, high),
            }[self.side]  # fmt: skip
            painter = QPainter(thing)
            painter.fillRect(*place, self.colour)
            painter.end()
        return False
