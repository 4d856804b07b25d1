"""Addresses in a text: a click offers to copy one; nothing is ever followed."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from stage.ui.dress import theme
from stage.ui.lanes.placed import chars
from stage.ui.lanes.verbatim import printed
from stage.ui.words import tr

# Each part excludes its own mark, so that the time is linear on any text.
LINK = (
    r"\[(?P<link>[^\[\]]*)\]\((?P<address>[^()\s]+)\)"
    r"|(?P<bare>(?:https?|ftp|mailto|file):[^\s<>()\[\]\"'`]+)"
)
_LINK = re.compile(LINK)
SEEN = 60  # characters of an address in a menu
MOST = 20  # addresses in a menu


def addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """The links of a text: where each begins and ends, and its address."""
    for found in _LINK.finditer(text):
        yield found.start(), found.end(), found["address"] or found["bare"]


def address_under(field: QTextEdit, where: QPointF) -> str:
    """The address of the link painted at a point of a field's viewport, "" for none."""
    bars = QPointF(field.horizontalScrollBar().value(), field.verticalScrollBar().value())
    layout = field.document().documentLayout()
    at = layout.hitTest(where + bars, Qt.HitTestAccuracy.ExactHit)
    if at < 0:
        return ""
    block = field.document().findBlock(at)
    text = block.text()
    point = chars(text, at - block.position())
    return next((each for low, high, each in addresses(text) if low <= point < high), "")


def offer(parent: QWidget, found: list[str], where: QPoint, told: Callable[[str], object]) -> QMenu:
    """Offer addresses to be copied; `told` hears that one was."""
    menu = QMenu(parent)
    theme.dress(menu, "menu")
    for address in list(dict.fromkeys(found))[:MOST]:
        seen = printed(address)
        seen = seen if len(seen) <= SEEN else seen[:SEEN] + "\u2026"
        said = tr("links", "Copy address {0}").format(seen.replace("&", "&&"))
        menu.addAction(said).triggered.connect(partial(_copy, address, told))
    menu.setAccessibleName(tr("links", "Addresses"))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(where)
    return menu


def offer_all(over: QWidget, text: str, told: Callable[[str], object]) -> None:
    """Offer every address of a text, in the middle of a widget; or say that there is none."""
    found = [address for _, _, address in addresses(text)]
    if found:
        offer(over, found, over.mapToGlobal(over.rect().center()), told)
    else:
        told(tr("links", "The line names no address."))


def _copy(address: str, told: Callable[[str], object], *_: object) -> None:
    QGuiApplication.clipboard().setText(address)
    told(tr("links", "The address is on the clipboard; nothing was opened."))
