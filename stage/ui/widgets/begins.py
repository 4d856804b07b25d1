"""Where the keyboard begins in a part of the window, and where Tab leads from there."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QWidget


class Begins(QWidget):
    """A part that hands the keyboard on to one of its own, when it is given it.

    A focus proxy would do so for Tab, too: it leads from the part to its proxy, and what stands
    before that one is never come to.

    Attributes:
        beginning: where the keyboard begins; None: here.
    """

    beginning: QWidget | None = None

    def setFocus(  # noqa: N802 - Qt's name
        self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason
    ) -> None:
        """Give the keyboard to where one begins."""
        if self.beginning is None:
            super().setFocus(reason)
        else:
            self.beginning.setFocus(reason)


def in_order(stops: Iterable[QWidget], of: QWidget | None = None) -> None:
    """Let Tab lead from each of these to the next, whichever was made first.

    Args:
        of: the part they are all stops of, which they are put right behind. Qt leaves alone what
            follows already by going round; in a window of many parts nothing goes round in one.
    """
    if of is None:
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)
        return
    usual = of.focusPolicy()
    of.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # only a stop has a place in the order
    in_order([of, *stops])
    of.setFocusPolicy(usual)


def stops_in(part: QWidget) -> list[QWidget]:
    """What Tab comes to in a part, in the order it was made, hidden ones too."""
    whole = part.window()  # a list that pops up is another window
    return [
        each
        for each in part.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.window() is whole
    ]


def stops_as_laid_out(part: QWidget) -> Iterator[QWidget]:
    """What Tab comes to in a part, in the order its layouts have it, hidden ones too."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield part
    inner = part.widget() if isinstance(part, QScrollArea) else None
    if inner is not None:
        yield from stops_as_laid_out(inner)
    elif isinstance(part, QSplitter):
        for each in filter(None, map(part.widget, range(part.count()))):
            yield from stops_as_laid_out(each)
    elif (layout := part.layout()) is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for item in filter(None, map(layout.itemAt, range(layout.count()))):
        part, row = item.widget(), item.layout()
        if part is not None:
            yield from stops_as_laid_out(part)
        elif row is not None:
            yield from _laid_out(row)
