"""Where rows of a typing field end when a word has thousands of characters."""

from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit

Mode = QTextOption.WrapMode
WORD = 1_000  # characters; in longer words Qt looks for a place to break for seconds


def wrap(field: QPlainTextEdit, text: str) -> None:
    """Make a field ready for a text: rows end between words, or anywhere where one is very long."""
    longest = max(map(len, text.split()), default=0)
    mode = Mode.WrapAnywhere if longest > WORD else Mode.WrapAtWordBoundaryOrAnywhere
    if field.wordWrapMode() != mode:
        field.setWordWrapMode(mode)


def fill(field: QPlainTextEdit, text: str) -> None:
    """Show a text in a field."""
    wrap(field, text)
    field.setPlainText(text)
