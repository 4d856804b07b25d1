"""Text of which one row is shown: of a very long one only the beginning is laid out."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF

LONGEST = 1_000  # characters of a row: no screen has room for more
MORE = "…"


def beginning(text: str, most: int = LONGEST) -> str:
    """A text, or how it begins where it is longer than a row may be."""
    return text if len(text) <= most else text[:most] + MORE


def elided(metrics: QFontMetrics | QFontMetricsF, text: str, wide: float) -> str:
    """What of a text fits into a row, with an ellipsis where that is not all of it."""
    most = min(LONGEST, max(0, int(wide)) + 1)  # no more characters are seen than pixels
    said = beginning(text, most)
    if isinstance(metrics, QFontMetrics):
        return str(metrics.elidedText(said, Qt.TextElideMode.ElideRight, int(wide)))
    return str(metrics.elidedText(said, Qt.TextElideMode.ElideRight, wide))
