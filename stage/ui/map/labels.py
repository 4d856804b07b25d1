"""Where there is room on the map for a label, and for what was said."""

from collections.abc import Iterator, Sequence
from itertools import product

from PySide6.QtCore import QRectF

from stage.ui.map.picture import Picture

MOST = 200  # labels in a frame
LETTERS, FEWEST = 42, 12  # of what was said at the end of a branch: the most, and the fewest
CURVES, POINTS = 400, 12  # branches that labels keep clear of, and points of each
BRICK = 4.0  # the side of the squares that room is counted in


class Room:
    """What is taken of the frame, in small squares."""

    def __init__(self) -> None:
        """Everything is free."""
        self._taken: set[tuple[int, int]] = set()

    def take(self, box: QRectF) -> None:
        """Something stands there."""
        self._taken.update(_bricks(box))

    def free(self, box: QRectF) -> bool:
        """Whether nothing stands there."""
        return all(brick not in self._taken for brick in _bricks(box))


def place(
    picture: Picture, found: Sequence[int], room: Room | None = None
) -> Iterator[tuple[int, QRectF]]:
    """Lines that get a label, and where; what counts most comes first, nothing is covered.

    Args:
        room: where what is taken is kept for others.
    """
    room, layout, scope = room or Room(), picture.layout, picture.scope
    centres = {at: scope.at(layout.column[at], layout.row[at]) for at in found}
    for at, (x, y) in centres.items():
        radius = picture.size(at)
        room.take(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
    for at in found[:CURVES]:
        _take_branch(room, picture, at)
    tall, given = picture.metrics.height(), 0
    for at in sorted(found, key=lambda each: _rank(picture, each)):
        if not _wanted(picture, at):
            continue
        x, y = centres[at]
        over = max(picture.size(at), picture.width(at) / 2 if layout.parent[at] >= 0 else 0)
        wide = picture.metrics.horizontalAdvance(picture.label(at)) + 6
        above, below = y - over - tall - 4, y + over + 4
        lefts = (x + 4, x - wide / 2, x - wide - 4)
        for left, top in [*product(lefts, (above,)), *product(lefts[::-1], (below,))]:
            box = QRectF(left, top, wide, tall)
            if room.free(box):
                room.take(box)
                yield at, box
                given += 1
                break
        if given == MOST:
            return


def ends(
    picture: Picture, found: Sequence[int], room: Room, tall: float, letter: float
) -> Iterator[tuple[int, QRectF]]:
    """Ends of branches, and the row behind each that is free for what was said there.

    Args:
        room: what labels have left.
        tall, letter: the height of a row and the width of a letter.
    """
    layout, scope, given = picture.layout, picture.scope, 0
    for at in found:
        if layout.size[at] > 1 or layout.parent[at] < 0 or at in layout.faint:
            continue
        x, y = scope.at(layout.column[at], layout.row[at])
        left = x + picture.size(at) + (10 if at == picture.chosen or at in picture.picked else 6)
        wide = min(LETTERS * letter, scope.width - 8 - left)
        box = QRectF(left, y - tall / 2, wide, tall)
        if wide < FEWEST * letter or not room.free(box):
            continue
        room.take(box)
        yield at, box
        given += 1
        if given == MOST:
            return


def _take_branch(room: Room, picture: Picture, at: int) -> None:
    """Take some points of the branch that leads to a line."""
    layout, parent = picture.layout, picture.layout.parent[at]
    if parent < 0:
        return
    left, high = picture.scope.at(layout.column[parent], layout.row[parent])
    right, low = picture.scope.at(layout.column[at], layout.row[at])
    half = picture.width(at) / 2
    for point in range(1, POINTS):
        t = point / POINTS
        # The curve of painting.py: both ends are level, halfway it is steepest.
        across = 1.5 * t * (1 - t) * (1 - t) + 1.5 * t * t * (1 - t) + t**3
        y = high + (low - high) * (3 * t * t - 2 * t**3)
        room.take(QRectF(left + (right - left) * across, y - half, 1, 2 * half))


def _wanted(picture: Picture, at: int) -> bool:
    layout = picture.layout
    parent = layout.parent[at]
    if parent < 0:
        return False
    told = at == picture.chosen or at in picture.picked or layout.spots[at].bookmarked
    return told or (layout.leaves[at] > 1 and layout.leaves[at] < layout.leaves[parent])


def _rank(picture: Picture, at: int) -> tuple[bool, bool, int, int]:
    layout = picture.layout
    told = at == picture.chosen or at in picture.picked
    return (not told, not layout.spots[at].bookmarked, -layout.leaves[at], at)


def _bricks(box: QRectF) -> Iterator[tuple[int, int]]:
    for x in range(int(box.left() // BRICK), int(box.right() // BRICK) + 1):
        for y in range(int(box.top() // BRICK), int(box.bottom() // BRICK) + 1):
            yield x, y
