"""Where the keys lead on the map."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from stage.ui.map.layout import Layout

Key = Qt.Key
KEYS = frozenset({Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End})


class Trail:
    """Remembers the lines one came from by going left, so that right leads back."""

    def __init__(self) -> None:
        """Have come from nowhere."""
        self._ids: list[str] = []

    def walk(self, layout: Layout, at: int, key: Qt.Key, path: Sequence[int]) -> int:
        """The line that a key leads to, see `walk`."""
        came = layout.index.get(self._ids[-1], -1) if self._ids else -1
        if key == Key.Key_Right and came >= 0 and layout.parent[came] == at:
            self._ids.pop()
            return came
        if key != Key.Key_Left:
            self._ids.clear()
        elif 0 <= at < len(layout):
            self._ids.append(layout.spots[at].id)
        return walk(layout, at, key, path)


def walk(layout: Layout, at: int, key: Qt.Key, path: Sequence[int]) -> int:
    """The line that a key leads to, -1 for none.

    Left is the line before; right the child on the path shown on Stage, else the one in the
    middle; up and down the sibling, at the end of the siblings the next line of that column;
    Home and End the ends of the path.

    Args:
        at: where one is, -1: at the end of the path.
        path: the lines shown on Stage.
    """
    if key in (Key.Key_Home, Key.Key_End) or not 0 <= at < len(layout):
        ends = path or (0,)
        return ends[min(1, len(ends) - 1)] if key == Key.Key_Home else ends[-1]
    if key == Key.Key_Left:
        return layout.parent[at]
    if key == Key.Key_Right:
        children = layout.children(at)
        on_stage = set(path)
        shown = next((each for each in children if each in on_stage), -1)
        return shown if shown >= 0 or not children else children[(len(children) - 1) // 2]
    return layout.beside(at, 1 if key == Key.Key_Down else -1)
