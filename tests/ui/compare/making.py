"""A desk whose director has a library with records of lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.play.line import Line
from stage.play.provenance import Recorded
from stage.play.token import Token
from stage.play.tree import Tree
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Shelf, line, play


class Records(Shelf):
    """A library that also tells how lines were said."""

    def __init__(self, part: Any) -> None:
        super().__init__(part)
        self.asked: list[str] = []

    async def tree(self, play: str) -> Tree:
        return Tree(list(self.part.play.tree))

    async def recorded(self, ids: Sequence[str]) -> list[Recorded]:
        self.asked += ids
        tokens = (Token(0, b"One", -0.5), Token(1, b".", -1.5))
        timings = {"total": 0.5, "first_token": 0.1}
        return [Recorded(each, 2.0, 1.0, tokens, None, timings) for each in ids]


def long_play(count: int, text: str = "A line of some words, {0}.") -> Any:
    """Two branches of `count` lines each."""
    made: list[Line] = [line("a", "r", "First words.", order=1)]
    for name, model in (("b", "base"), ("c", "chat")):
        above = "a"
        for at in range(count):
            who = "ada" if at % 2 else "ben"
            made.append(line(f"{name}{at}", above, text.format(at), who, order=len(made) + 1,
                             model=model))  # fmt: skip
            above = f"{name}{at}"
    return play(*made)


def with_records(part: Any) -> Records:
    """Give a director that plays its part a library."""
    records = Records(part)
    part.library = records
    return records


def compare(desk: Desk, loop: Any, *leaves: str) -> None:
    """Compare some branches, and wait until they are read."""
    desk.wishes.compare.emit(list(leaves))
    loop.settle()


def press(widget: Any, *keys: Qt.Key | str) -> None:
    """Press keys in a widget."""
    for key in keys:
        QTest.keyClick(widget, key)
