from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from stage.play.cast import Actor, ActorKind, Member
from stage.play.persona import persona
from stage.ui.dress import glyphs
from stage.ui.dress.theme import NARRATOR


def picture(index: int) -> QImage:
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    glyphs.paint_disc(painter, QRectF(0, 0, 32, 32), index, ring=QColor("red"))
    painter.end()
    return image


def shape(image: QImage) -> bytes:
    """The picture without its colours: who is never colour alone."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    middle = grey.pixelColor(2, 16).lightness()
    rows = [
        abs(grey.pixelColor(x, y).lightness() - middle) > 30
        for y in range(6, 26)
        for x in range(6, 26)
    ]
    return bytes(rows)


def test_eight_personas_differ_by_shape_too() -> None:
    assert len({shape(picture(index)) for index in range(8)}) == 8
    assert len(glyphs.NAMES) == 8


def test_a_narrator_and_nobody_have_the_pen() -> None:
    narrator = persona("Narrator")
    narrator.card["data"]["extensions"]["stage/narrator"] = True
    human = Actor(ActorKind.HUMAN)
    assert glyphs.colour_index(Member("n", "Narrator", narrator, human, 2)) == NARRATOR
    assert glyphs.colour_index(Member("a", "Ada", persona("Ada"), human, 2)) == 2
    assert glyphs.colour_index(None) == NARRATOR
