"""Branches side by side: what they share from the beginning, then line beside line."""

from collections.abc import Sequence
from dataclasses import dataclass

from stage.play.line import Line

MOST_PLACES = 100_000  # that are weighed for one branch; beyond, lines stand by depth
_SPEAKER, _TEXT = 1, 2  # what a like speaker is worth beside another line, and like words


@dataclass(frozen=True, slots=True)
class Aligned:
    """Branches aligned by turn.

    Attributes:
        common: the lines all of them begin with.
        rows: for each turn after that, one line a branch, None where it has none.
    """

    common: tuple[Line, ...]
    rows: tuple[tuple[Line | None, ...], ...]


def aligned(paths: Sequence[Sequence[Line]]) -> Aligned:
    """Align branches: by depth; shorter ones leave gaps where speakers then fit best.

    The longest branch has no gap, so there are as many rows as it has lines of its own.
    """
    shared = common(paths)
    rest = [list(path[shared:]) for path in paths]
    longest: list[Line] = max(rest, key=len, default=[])
    placed = [_placed(longest, own) for own in rest]
    rows = tuple(zip(*placed, strict=True)) if placed else ()
    return Aligned(tuple(paths[0][:shared]) if paths else (), rows)


def common(paths: Sequence[Sequence[Line]]) -> int:
    """How many lines branches have in common from the beginning."""
    at = 0
    for lines in zip(*paths, strict=False):
        if any(line.id != lines[0].id for line in lines):
            break
        at += 1
    return at


def _placed(longest: Sequence[Line], own: Sequence[Line]) -> list[Line | None]:
    """The lines of a branch at places of the longest one, in order, with gaps between."""
    gaps = len(longest) - len(own)
    if gaps == 0 or not own or len(own) * (gaps + 1) > MOST_PLACES:
        return [*own, *[None] * gaps]
    steps = _steps(longest, own, gaps)
    found: list[Line | None] = []
    at, left = len(own), gaps
    while at or left:
        if left and (not at or steps[at][left]):
            found.append(None)
            left -= 1
        else:
            at -= 1
            found.append(own[at])
    return found[::-1]


def _steps(longest: Sequence[Line], own: Sequence[Line], gaps: int) -> list[bytearray]:
    """For so many lines and gaps placed: whether a gap came last; late gaps are preferred."""
    steps = [bytearray([0, *[1] * gaps])]
    best = [0] * (gaps + 1)
    for at, line in enumerate(own):
        step = bytearray(gaps + 1)
        row: list[int] = []
        for left in range(gaps + 1):
            placed = best[left] + _likeness(longest[at + left], line)
            if left and row[left - 1] >= placed:
                step[left] = 1
                placed = row[left - 1]
            row.append(placed)
        steps.append(step)
        best = row
    return steps


def _likeness(one: Line, other: Line) -> int:
    if one.speaker != other.speaker:
        return 0
    return _SPEAKER + (_TEXT if one.text == other.text else 0)
