"""Who is never colour alone: a disc in the persona's colour with a glyph of its own."""

from collections.abc import Callable
from functools import cache
from math import ceil, cos, pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from stage.ui.dress.theme import NARRATOR, luminance, persona_colour

if TYPE_CHECKING:
    from stage.play.cast import Member

NAMES = ("diamond", "disc", "square", "triangle", "open diamond", "hexagon", "star", "pen")


def colour_index(member: "Member | None") -> int:
    """The colour and glyph of a member: its own, the pen for a narrator or nobody."""
    if member is None:
        return NARRATOR
    extensions = member.persona.card.get("data", {}).get("extensions") or {}
    return NARRATOR if extensions.get("stage/narrator") else member.colour % len(NAMES)


def paint_disc(painter: QPainter, where: QRectF, index: int, *, ring: QColor | None = None) -> None:
    """Paint disc and glyph into a square.

    Args:
        painter: with antialiasing on.
        where: the square.
        index: of the persona's colour.
        ring: colour of a thin ring around it, None for none.
    """
    sharp = where.width() * painter.device().devicePixelRatioF()
    made = _disc(index % len(NAMES), ceil(sharp))
    place = QRectF(round(where.left()), round(where.top()), where.width(), where.height())
    painter.drawPixmap(place, made, QRectF(made.rect()))
    if ring is not None:
        painter.setPen(QPen(ring, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(where.adjusted(-2, -2, 2, 2))


def strike(painter: QPainter, where: QRectF, ground: QColor, ink: QColor) -> None:
    """Strike a disc out, from edge to edge: whose it is is not there."""
    for colour, width in ((ground, 4.0), (ink, 1.6)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(where.bottomLeft(), where.topRight())


@cache
def _disc(index: int, size: int) -> QPixmap:
    """Disc and glyph as a picture of so many pixels; painted once, shown at every line."""
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    where = QRectF(0.5, 0.5, size - 1, size - 1)
    colour = persona_colour(index)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(where)
    ink = QColor("#FFFFFF") if luminance(colour) < 0.6 else QColor("#3A3713")
    _paint_glyph(painter, where, index, ink)
    painter.end()
    return made


def _paint_glyph(painter: QPainter, where: QRectF, index: int, ink: QColor) -> None:
    size = where.width() * 0.2
    shape = _SHAPES[NAMES[index]](where.center(), size)
    if NAMES[index] in ("open diamond", "pen"):
        pen = QPen(ink, max(1.2, where.width() * 0.075))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
    painter.drawPath(shape)


def star(centre: QPointF, size: float) -> QPainterPath:
    """A star: what has a bookmark."""
    return _polygon(_around(10, -pi / 2, 0.45), centre, size)


def _polygon(points: list[tuple[float, float]], centre: QPointF, size: float) -> QPainterPath:
    path = QPainterPath()
    corners = [QPointF(centre.x() + x * size, centre.y() + y * size) for x, y in points]
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return path


def _around(count: int, start: float, inner: float = 1.0) -> list[tuple[float, float]]:
    points = []
    for at in range(count):
        reach = inner if at % 2 else 1.0
        angle = start + 2 * pi * at / count
        points.append((reach * cos(angle), reach * sin(angle)))
    return points


def _circle(centre: QPointF, size: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(centre, size * 0.85, size * 0.85)
    return path


def _pen(centre: QPointF, size: float) -> QPainterPath:
    path = _polygon([(-1.1, 1.1), (-0.8, 0.2), (0.6, -1.2), (1.2, -0.6), (-0.2, 0.8)], centre, size)
    path.moveTo(centre.x() + 0.2 * size, centre.y() - 0.8 * size)
    path.lineTo(centre.x() + 0.8 * size, centre.y() - 0.2 * size)
    return path


_DIAMOND = [(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]
_SQUARE = [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
_TRIANGLE = [(0.0, -1.15), (1.15, 0.85), (-1.15, 0.85)]
_SHAPES: dict[str, Callable[[QPointF, float], QPainterPath]] = {
    "diamond": lambda centre, size: _polygon(_DIAMOND, centre, size),
    "disc": _circle,
    "square": lambda centre, size: _polygon(_SQUARE, centre, size),
    "triangle": lambda centre, size: _polygon(_TRIANGLE, centre, size),
    "open diamond": lambda centre, size: _polygon(_DIAMOND, centre, size),
    "hexagon": lambda centre, size: _polygon(_around(6, pi / 2), centre, size * 1.15),
    "star": lambda centre, size: star(centre, size * 1.4),
    "pen": _pen,
}
