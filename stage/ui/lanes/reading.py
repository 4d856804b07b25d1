"""Markdown as it is meant, in place: nothing is taken away, marks are faint."""

import re
from itertools import islice

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from stage.ui.dress import fonts
from stage.ui.dress.tokens import Tokens
from stage.ui.lanes.links import LINK
from stage.ui.lanes.typesetting import HEADER
from stage.ui.lanes.verbatim import units

MOST = 80  # marks of one row: one with more of them stays as it was said, as Qt sets each by itself
# Each part excludes its own mark, so that the time is linear on any text.
_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|" + LINK + r"|\*\*(?P<strong>[^*]+)\*\*|__(?P<under>[^_]+)__"
    r"|\*(?P<stress>[^*\s][^*]*)\*|(?<!\w)_(?P<low>[^_\s][^_]*)_(?!\w)"
)
_HEAD = re.compile(r"(#{1,6}) +\S")
_QUOTE = re.compile(r"> ?")


class Reading(QSyntaxHighlighter):
    """Sets emphasis, code, links, headings and quotes of the rows of a script."""

    def __init__(self, document: QTextDocument, scheme: Tokens, size: float) -> None:
        """Read a document whose blocks a script wrote."""
        super().__init__(document)
        self.style(scheme, size)

    def style(self, scheme: Tokens, size: float) -> None:
        """Set what is written from now on in a scheme, spoken text in a size in pixels."""
        self._marks = _colour(scheme.muted)
        self._strong, self._stress = QTextCharFormat(), QTextCharFormat()
        self._strong.setFontWeight(QFont.Weight.Bold)
        self._stress.setFontItalic(True)
        self._code, self._head = QTextCharFormat(), QTextCharFormat()
        self._code.setFont(fonts.mono(size - 2))
        self._code.setBackground(QColor(scheme.sunken))
        self._head.setFontWeight(QFont.Weight.Bold)
        self._head.setFontPointSize((size + 3) * fonts.POINTS)
        self._quote = _colour(scheme.muted)
        self._link = QTextCharFormat()
        self._link.setFontUnderline(True)

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        """Set one row; headers of lines are left alone."""
        if self.currentBlock().userState() == HEADER:
            return
        head, quote = _HEAD.match(text), _QUOTE.match(text)
        if head:
            self.setFormat(0, units(text), self._head)
            self.setFormat(0, head.end(1), self._marks)
            return
        if quote:
            self.setFormat(0, units(text), self._quote)
        forms = {"code": self._code, "strong": self._strong, "under": self._strong,
                 "stress": self._stress, "low": self._stress, "link": self._link,
                 "bare": self._link}  # fmt: skip
        marks = list(islice(_INLINE.finditer(text), MOST + 1))
        for found in marks if len(marks) <= MOST else ():
            name = "link" if found["address"] else str(found.lastgroup)
            start, end = units(text[: found.start()]), units(text[: found.end()])
            inner, last = units(text[: found.start(name)]), units(text[: found.end(name)])
            self.setFormat(start, end - start, self._marks)
            self.setFormat(inner, last - inner, forms[name])


def _colour(name: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(name))
    return made
