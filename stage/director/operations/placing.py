"""Where a line comes to stand among its siblings.

Placed siblings stand first, by position; the others follow in the order they were made. So
putting a line at a place may place those before it, once.
"""

from stage.director.operations.operation import View
from stage.play.changes import SetPlace
from stage.play.line import Line


def at_index(view: View, parent: str, line: Line, index: int | None) -> list[SetPlace]:
    """Put a line at an index (from 0) among the visible children of `parent`; None: the end.

    A line that stands under `parent` already stays where it is when as many visible siblings
    stand before it, and when no index is told.
    """
    row = _children(view, parent)
    others = [each for each in row if each.id != line.id]
    shown = [number for number, each in enumerate(others) if not each.hidden]
    wanted = len(shown) if index is None else min(index, len(shown))
    if line.parent == parent:
        before = row[: next(at for at, each in enumerate(row) if each.id == line.id)]
        if index is None or wanted == sum(not each.hidden for each in before):
            return []
    return _insert(others, parent, line.id, (*shown, len(others))[wanted])


def after(view: View, parent: str, line: str, sibling: str) -> list[SetPlace]:
    """Put a new line right behind a sibling."""
    others = _children(view, parent)
    at = next(number for number, each in enumerate(others) if each.id == sibling)
    return _insert(others, parent, line, at + 1)


def in_a_row(parent: str, lines: list[Line]) -> list[SetPlace]:
    """Put lines under a parent that has no children yet, in their order."""
    return [SetPlace(each.id, parent, float(number)) for number, each in enumerate(lines, 1)]


def instead(view: View, parent: str, line: str) -> list[SetPlace]:
    """Put what stands under a line where the line itself stands, under `parent`."""
    order = [each.id for each in _children(view, parent)]
    at = order.index(line) + 1
    order[at:at] = [each.id for each in view.under(view.tree[line])]
    return [SetPlace(each, parent, float(number)) for number, each in enumerate(order, 1)]


def _children(view: View, parent: str) -> list[Line]:
    return view.under(view.tree[parent])


def _insert(others: list[Line], parent: str, line: str, at: int) -> list[SetPlace]:
    placed = [each.position for each in others if each.position is not None]
    if at < len(placed):
        low = placed[at - 1] if at else placed[0] - 2.0
        middle = (low + placed[at]) / 2
        if low < middle < placed[at]:
            return [SetPlace(line, parent, middle)]
        order = [each.id for each in others[: len(placed)]]
        order.insert(at, line)  # no room between two numbers: count anew
        return [SetPlace(each, parent, float(number)) for number, each in enumerate(order, 1)]
    last = placed[-1] if placed else 0.0
    order = [each.id for each in others[len(placed) : at]] + [line]
    return [SetPlace(each, parent, last + number) for number, each in enumerate(order, 1)]
