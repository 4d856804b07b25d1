"""What panels of the chosen line share."""

from __future__ import annotations

from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.panels.chosen import ChosenPanel


class Panel(ChosenPanel):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: list[str] = []
        desk.looks.arrived.connect(self._arrived)

    def _show(self) -> None:
        line = self._desk.session.chosen_line()
        if self.isVisible() and line is not None:
            self.told.append(line.id)


def test_the_chosen_line_is_told_of_once_seen_and_when_more_is_known(
    desk: Desk, shown: Any, loop: Any
) -> None:
    panel = shown(Panel(desk), 300, 200)
    assert panel.told[-1] == "b1"
    desk.session.choose("a")
    loop.until(lambda: panel.told[-1] == "a")
    many = len(panel.told)
    desk.looks.arrived.emit("b1")  # of another line
    desk.looks.arrived.emit("a")
    loop.until(lambda: len(panel.told) > many)
    loop.settle()
    assert panel.told[many:] == ["a"]
    panel.hide()
    desk.session.choose("b1")
    loop.settle()
    assert panel.told[-1] == "a"
    panel.show()
    assert panel.told[-1] == "b1"
