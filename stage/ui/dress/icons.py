"""Small pictures of our own; no icon theme is needed."""

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from stage.kit import paths
from stage.ui.dress.glyphs import paint_disc


@cache
def disc_icon(index: int) -> QIcon:
    """The disc and glyph of a member of the cast."""
    icon = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(16 * scale, 16 * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_disc(painter, QRectF(0.5, 0.5, 16 * scale - 1, 16 * scale - 1), index)
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        icon.addPixmap(pixmap)
    return icon


def application_icon() -> QIcon:
    """The mark of the program, in every size that packaging/desktop/render.py made."""
    icon = QIcon()
    for file in sorted((paths.resources() / "icons").glob("stage-*.png")):
        icon.addFile(str(file))
    return icon
