"""The drawings on the rail, as strokes on a square of 20."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

Points = list[tuple[float, float]]


def mark(name: str) -> QPainterPath:
    """The drawing of a name. Raises KeyError for an unknown one."""
    return _DRAWN[name]()


def _strokes(*strokes: Points) -> QPainterPath:
    path = QPainterPath()
    for first, *rest in strokes:
        path.moveTo(QPointF(*first))
        for point in rest:
            path.lineTo(QPointF(*point))
    return path


def _rounded(*boxes: tuple[float, float, float, float]) -> QPainterPath:
    path = QPainterPath()
    for box in boxes:
        path.addRoundedRect(QRectF(*box), 1.5, 1.5)
    return path


def _rings(*rings: tuple[float, float, float]) -> QPainterPath:
    path = QPainterPath()
    for x, y, radius in rings:
        path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _library() -> QPainterPath:
    path = _rounded((2.5, 3.5, 4, 13), (6.5, 3.5, 4, 13))
    path.addPath(_closed([(14.2, 4.2), (17.6, 15.6), (15, 16.4), (11.8, 5)]))
    return path


def _closed(points: Points) -> QPainterPath:
    return _strokes([*points, points[0]])


def _stage() -> QPainterPath:
    return _rings((10, 10, 7.5), (10, 10, 3))


def _map() -> QPainterPath:
    path = _rings((4, 10, 1.8), (16, 4.5, 1.8), (16, 15.5, 1.8))
    path.moveTo(5.8, 10)
    path.cubicTo(10, 10, 10, 4.5, 14.2, 4.5)
    path.moveTo(5.8, 10)
    path.cubicTo(10, 10, 10, 15.5, 14.2, 15.5)
    return path


def _path() -> QPainterPath:
    return _strokes([(4, 5), (16, 5)], [(4, 10), (16, 10)], [(4, 15), (11, 15)])


def _compare() -> QPainterPath:
    return _rounded((3, 3.5, 6, 13), (11, 3.5, 6, 13))


def _replay() -> QPainterPath:
    return _closed([(5.5, 3.5), (16, 10), (5.5, 16.5)])


def _runs() -> QPainterPath:
    path = _strokes([(4, 10), (9, 10)])
    for y in (4.0, 10.0, 16.0):
        path.addPath(_strokes([(9, 10), (12.5, y), (13.5, y)]))
        path.addPath(_rings((15.3, y, 1.8)))
    return path


def _lens() -> QPainterPath:
    path = _rings((8.5, 8.5, 5.5))
    path.addPath(_strokes([(12.6, 12.6), (17, 17)]))
    return path


def _models() -> QPainterPath:
    path = _closed([(10, 2.5), (16.5, 6.2), (16.5, 13.8), (10, 17.5), (3.5, 13.8), (3.5, 6.2)])
    path.addPath(_strokes([(3.5, 6.2), (10, 10), (16.5, 6.2)], [(10, 10), (10, 17.5)]))
    return path


def _cast() -> QPainterPath:
    path = _rings((10, 6.5, 3.3))
    path.moveTo(3.5, 17)
    path.cubicTo(3.5, 10.5, 16.5, 10.5, 16.5, 17)
    return path


def _measure() -> QPainterPath:
    return _strokes([(3, 16.5), (7, 9), (10.5, 12.5), (17, 4)])


_DRAWN: dict[str, Callable[[], QPainterPath]] = {
    "library": _library,
    "stage": _stage,
    "map": _map,
    "path": _path,
    "compare": _compare,
    "replay": _replay,
    "runs": _runs,
    "lens": _lens,
    "models": _models,
    "cast": _cast,
    "measure": _measure,
}

NAMES = tuple(_DRAWN)
