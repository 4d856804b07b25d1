"""Render resources/icons/stage.svg in the sizes that desktops ask for: python render.py."""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"
SIZES = (16, 32, 48, 64, 128, 256)


def render(drawing: bytes, side: int) -> QImage:
    """Paint an SVG into a square."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing)).render(painter)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def main() -> None:
    QGuiApplication([])
    drawing = (ICONS / "stage.svg").read_bytes()
    for side in SIZES:
        render(drawing, side).save(str(ICONS / f"stage-{side}.png"))


if __name__ == "__main__":
    main()
