"""Labels that never take text for markup, and cut it short where there is no room."""

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from stage.ui.dress import fonts
from stage.ui.dress.eliding import beginning, elided

MUTED = QPalette.ColorRole.PlaceholderText
STRONG = QPalette.ColorRole.WindowText
TIP = 2_000  # characters of a tooltip


def label(
    text: str = "",
    *,
    font: QFont | None = None,
    role: QPalette.ColorRole = STRONG,
    wrap: bool = False,
) -> QLabel:
    """A label of plain text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(font or fonts.interface())
    made.setForegroundRole(role)
    made.setWordWrap(wrap)
    return made


def heading(text: str) -> QLabel:
    """The small heading of a pane."""
    return label(text, font=fonts.heading(), role=MUTED)


def plain_tip(text: str, *, columns: bool = False) -> str:
    """Text for a tooltip: Qt would take hostile text for markup and open what it names.

    Args:
        columns: letters are all of one width, and no row is broken.
    """
    said = html.escape(beginning(text, TIP))
    if columns:
        return f"<pre style='margin:5px 7px'>{said}</pre>"
    return f"<p style='white-space: pre-wrap'>{said}</p>"


class Elided(QWidget):
    """A row or two of text with an ellipsis where it does not fit; the tooltip has more of it."""

    def __init__(
        self,
        text: str = "",
        *,
        font: QFont | None = None,
        role: QPalette.ColorRole = STRONG,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        least: int = 24,
        rows: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        """Show a text.

        Args:
            least: the width below which it is not squeezed.
            rows: how many there is room for; more than one are broken between words.
        """
        super().__init__(parent)
        self._text = ""
        self._least = least
        self._align = align
        self._most = rows
        self.setFont(font or fonts.interface())
        self.setForegroundRole(role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self._tell()
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = "\n".join(self.rows())
        painter.drawText(self.rect(), self._align | Qt.AlignmentFlag.AlignVCenter, shown)

    def rows(self) -> list[str]:
        """The rows as they are painted at this width."""
        metrics, rows, rest = self.fontMetrics(), list[str](), beginning(self._text)
        while len(rows) + 1 < self._most and metrics.horizontalAdvance(rest) > self.width():
            head = rest
            while " " in head and metrics.horizontalAdvance(head) > self.width():
                head = head.rpartition(" ")[0]
            if metrics.horizontalAdvance(head) > self.width():
                break  # a word that no row has room for
            rows.append(head)
            rest = rest[len(head) :].lstrip()
        return [*rows, elided(metrics, rest, self.width())]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The whole text is the tooltip of what is cut short."""
        super().resizeEvent(event)
        self._tell()

    def cut(self) -> bool:
        """Whether there is no room for all of it."""
        return not self._text.endswith(self.rows()[-1])

    def _tell(self) -> None:
        self.setToolTip(plain_tip(self._text) if self.cut() else "")

    def sizeHint(self) -> QSize:
        """As wide as the text."""
        metrics, said = self.fontMetrics(), beginning(self._text)
        return QSize(metrics.horizontalAdvance(said) + 2, self._most * metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be."""
        return QSize(min(self._least, self.sizeHint().width()), self.sizeHint().height())
