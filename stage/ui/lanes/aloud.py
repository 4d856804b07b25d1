"""Lines as a screen reader says them."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from stage.ui.lanes.entry import Entry

READ_ALOUD = 500  # characters of a line that a screen reader is given at once


def spoken_words(entry: Entry, place: str) -> str:
    """A line as a screen reader says it."""
    return f"{entry.name}, {entry.chip}, {place}: {entry.text[:READ_ALOUD]}"


def announce(text: QWidget, entry: Entry) -> None:
    """Let a screen reader say a line that has ended, wherever the keyboard is."""
    if QAccessible.isActive():
        said = f"{entry.name}: {entry.text[:READ_ALOUD]}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(text, said))
