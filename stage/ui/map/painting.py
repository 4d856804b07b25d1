"""Paints a picture of the map: near, small, or from far off."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from stage.ui.dress import fonts
from stage.ui.dress.eliding import elided
from stage.ui.dress.glyphs import paint_disc
from stage.ui.map.cells import BLOCK, Cells
from stage.ui.map.labels import Room, ends, place
from stage.ui.map.picture import Picture
from stage.ui.map.scope import SMALL

MOST = 4000  # lines painted one by one
CLOSE = 4.0  # pixels of a column and a row from which lines are looked for one by one
GLYPHS, LEGIBLE = 7.0, 6.5  # radius from which discs show their glyphs, and how large those are
STUB = 0.34  # of a column: how long an outline is
OUTLINES = 0.75  # the zoom from which the model's probability is outlined
TRUNKS = 1500  # far branches that are drawn as lines
SEEN = 3.0  # pixels a far branch goes up or down at least


def paint(painter: QPainter, picture: Picture, area: QRectF) -> int:
    """Paint what shows in a rectangle of the widget; returns how many lines were looked at."""
    scope, layout = picture.scope, picture.layout
    columns, rows = scope.span(area.left(), area.top(), area.right(), area.bottom())
    beside = (columns[0] - 1, columns[1] + 1)
    above = 30 / scope.down  # labels and discs stand out over their rows
    rows = (rows[0] - above, rows[1] + above)
    found = None if is_far(picture) else layout.visible(beside, rows, MOST)
    if found is None:
        return paint_far(painter, picture, area)
    edges = [at for at in (*found, *layout.crossing(found, rows)) if layout.parent[at] >= 0]
    if scope.zoom < SMALL:
        _small(painter, picture, found, edges)
    else:
        _near(painter, picture, found, edges)
    return len(found)


def is_far(picture: Picture) -> bool:
    """Whether there is more to see than can be painted line by line."""
    layout, scope = picture.layout, picture.scope
    if len(layout) <= MOST:
        return False
    if min(scope.across, scope.down) < CLOSE:
        return True
    columns, rows = scope.span(0, 0, scope.width, scope.height)
    return layout.visible(columns, rows, MOST) is None


# near: curves, dots, glyphs, labels


def _near(painter: QPainter, picture: Picture, found: Sequence[int], edges: Sequence[int]) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    outlined = picture.scope.zoom >= OUTLINES
    for at in sorted(edges, key=lambda each: (picture.on_path(each), each)):
        pen = QPen(picture.band(at), picture.width(at))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawPath(_curve(picture, at))
    counted = set(picture.canonical)
    _along(painter, picture, [at for at in edges if at in counted], canonical=True)
    _along(painter, picture, [at for at in edges if picture.on_path(at)], canonical=False)
    for at in edges if outlined else ():
        _outline(painter, picture, at)
    for at in found:
        _dot(painter, picture, at)
    _labels(painter, picture, found)


def _curve(picture: Picture, at: int) -> QPainterPath:
    layout, scope = picture.layout, picture.scope
    parent = layout.parent[at]
    left, high = scope.at(layout.column[parent], layout.row[parent])
    right, low = scope.at(layout.column[at], layout.row[at])
    curve = QPainterPath(QPointF(left, high))
    middle = (left + right) / 2
    curve.cubicTo(QPointF(middle, high), QPointF(middle, low), QPointF(right, low))
    return curve


def _outline(painter: QPainter, picture: Picture, at: int) -> None:
    """Where the branch reaches its line: how wide it would be if the model were right."""
    layout, scope, wide = picture.layout, picture.scope, picture.chance(at)
    if wide is None:
        return
    x, y = scope.at(layout.column[at], layout.row[at])
    painter.setPen(QPen(QColor(picture.scheme.faint), 1))
    for high in (y - wide / 2, y + wide / 2):
        painter.drawLine(QLineF(x - scope.across * STUB, high, x, high))


def _along(painter: QPainter, picture: Picture, edges: Iterable[int], *, canonical: bool) -> None:
    """A line along a path: the one on Stage in the accent, the one that counts dashed."""
    pen = QPen(QColor(picture.scheme.text if canonical else picture.scheme.mark), 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if canonical:
        pen.setDashPattern([3, 2])
    for at in edges:
        painter.setPen(pen)
        # Both may run along the same branch: one beside the other.
        painter.drawPath(_curve(picture, at).translated(0, 2.5 if canonical else 0))


def _dot(painter: QPainter, picture: Picture, at: int) -> None:
    layout, scheme = picture.layout, picture.scheme
    centre, radius = QPointF(*picture.scope.at(layout.column[at], layout.row[at])), picture.size(at)
    shade, spot = picture.shade(at), layout.spots[at]
    plain = bool(picture.shades.mode.of) or at in layout.faint or spot.running
    if picture.radius >= GLYPHS and not plain:
        radius = max(radius, LEGIBLE)
        around = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        paint_disc(painter, around, shade.colour)
    else:
        known = shade.strength > 0 and not spot.running
        painter.setPen(QPen(QColor(scheme.surface) if known else picture.dot(at), 1.2))
        painter.setBrush(picture.dot(at) if known else QColor(scheme.surface))
        painter.drawEllipse(centre, radius, radius)
    ring = scheme.mark if at == picture.chosen else scheme.text if at in picture.picked else ""
    if ring:
        painter.setPen(QPen(QColor(ring), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius + 4, radius + 4)


def _labels(painter: QPainter, picture: Picture, found: Sequence[int]) -> None:
    painter.setFont(picture.font)
    room = Room()
    for at, box in place(picture, found, room):
        strong = at == picture.chosen or at in picture.picked
        painter.setPen(QColor(picture.scheme.text if strong else picture.scheme.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, picture.label(at))
    _said(painter, picture, found, room)


def _said(painter: QPainter, picture: Picture, found: Sequence[int], room: Room) -> None:
    """Near enough, what was said at the ends of branches is read on the map."""
    font = fonts.spoken(fonts.INTERFACE)
    metrics = QFontMetricsF(font)
    if picture.scope.down < metrics.height():  # rows would cover each other
        return
    painter.setFont(font)
    for at, box in ends(picture, found, room, metrics.height(), metrics.averageCharWidth()):
        strong = at == picture.chosen or picture.on_path(at)
        painter.setPen(QColor(picture.scheme.text if strong else picture.scheme.muted))
        words = elided(metrics, picture.told(picture.layout.spots[at].id), box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)


# small: straight lines and rectangles


def _small(painter: QPainter, picture: Picture, found: Sequence[int], edges: Sequence[int]) -> None:
    lines: dict[tuple[int, int], tuple[QPen, list[QLineF]]] = {}
    layout, scope = picture.layout, picture.scope
    for at in edges:
        colour, wide = picture.band(at), round(picture.width(at))
        key = colour.rgb(), wide
        if key not in lines:
            lines[key] = QPen(colour, max(1, wide)), []
        parent = layout.parent[at]
        one = QPointF(*scope.at(layout.column[parent], layout.row[parent]))
        other = QPointF(*scope.at(layout.column[at], layout.row[at]))
        lines[key][1].append(QLineF(one, other))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(edges) < MOST / 2)
    for pen, each in lines.values():
        painter.setPen(pen)
        painter.drawLines(each)
    _rectangles(painter, picture, found)
    _paths(painter, picture)


def _rectangles(painter: QPainter, picture: Picture, found: Sequence[int]) -> None:
    boxes: dict[int, tuple[QColor, list[QRectF]]] = {}
    layout, scope, half = picture.layout, picture.scope, picture.radius
    for at in found:
        colour = picture.dot(at)
        x, y = scope.at(layout.column[at], layout.row[at])
        box = QRectF(x - half, y - half, 2 * half, 2 * half)
        boxes.setdefault(colour.rgb(), (colour, []))[1].append(box)
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, each in boxes.values():
        painter.setBrush(colour)
        painter.drawRects(each)


def _paths(painter: QPainter, picture: Picture) -> None:
    """The paths as lines with no more corners than there are pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for path, ink, dashed in (
        (picture.canonical, picture.scheme.text, True), (picture.path, picture.scheme.mark, False)
    ):  # fmt: skip
        pen = QPen(QColor(ink), 2)
        if dashed:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawPolyline(_thinned(picture, path))
    for at in (*picture.picked, picture.chosen):
        if at >= 0:
            ink = picture.scheme.mark if at == picture.chosen else picture.scheme.text
            painter.setPen(QPen(QColor(ink), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            where = QPointF(*picture.scope.at(picture.layout.column[at], picture.layout.row[at]))
            painter.drawEllipse(where, 5, 5)


def _thinned(picture: Picture, path: Sequence[int]) -> list[QPointF]:
    layout, scope = picture.layout, picture.scope
    every = max(1, int(1 / scope.across))
    ends = path[-1:] if every > 1 else ()
    return [QPointF(*scope.at(layout.column[at], layout.row[at])) for at in (*path[::every], *ends)]


# far: cells


def paint_far(painter: QPainter, picture: Picture, area: QRectF) -> int:
    """Paint trunks and cells, whatever the zoom; returns how many cells were looked at."""
    rows = picture.scope.span(area.left(), area.top(), area.right(), area.bottom())[1]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    _trunks(painter, picture, rows)
    painted = 0
    if picture.cells is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painted = _cells(painter, picture, picture.cells, area)
    _paths(painter, picture)
    return painted


def _trunks(painter: QPainter, picture: Picture, rows: tuple[float, float]) -> None:
    layout, scope = picture.layout, picture.scope
    lines: dict[int, tuple[QColor, list[QLineF]]] = {}
    for at in layout.steep[:TRUNKS]:
        parent = layout.parent[at]
        ends = sorted((layout.row[parent], layout.row[at]))
        if (ends[1] - ends[0]) * scope.down < SEEN or ends[1] < rows[0] or ends[0] > rows[1]:
            continue
        colour = picture.band(at)
        one = QPointF(*scope.at(layout.column[parent], layout.row[parent]))
        other = QPointF(*scope.at(layout.column[at], layout.row[at]))
        lines.setdefault(colour.rgb(), (colour, []))[1].append(QLineF(one, other))
    for colour, each in lines.values():
        painter.setPen(QPen(colour, 1))
        painter.drawLines(each)


def _cells(painter: QPainter, picture: Picture, cells: Cells, area: QRectF) -> int:
    scope, (right, below) = picture.scope, cells.size
    wide, high = 2**right * scope.across, 2**below * scope.down
    left, top = scope.at(-0.5, -0.5)
    looked = 0
    painter.save()
    painter.translate(left, top)
    painter.scale(wide, high)
    for at, block in cells.blocks.items():
        corner = QPointF(left + at[0] * BLOCK * wide, top + at[1] * BLOCK * high)
        if QRectF(corner.x(), corner.y(), BLOCK * wide, BLOCK * high).intersects(area):
            looked += len(block)
            for colour, boxes in _boxes(picture, cells, at):
                painter.setBrush(colour)
                painter.drawRects(boxes)
    painter.restore()
    return looked


def _boxes(
    picture: Picture, cells: Cells, place: tuple[int, int]
) -> Iterable[tuple[QColor, list[QRectF]]]:
    """A block in units of its cells, sorted by colour; worked out once."""
    key = (place, picture.shades.mode.id, picture.scheme.name)
    if key not in cells.kept:
        made: dict[int, tuple[QColor, list[QRectF]]] = {}
        for x, y, at in cells.blocks[place]:
            colour = picture.dot(at)
            made.setdefault(colour.rgb(), (colour, []))[1].append(QRectF(x, y, 1.0, 0.7))
        cells.kept[key] = list(made.values())
    found: list[tuple[QColor, list[QRectF]]] = cells.kept[key]
    return found
