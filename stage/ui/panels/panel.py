"""What a panel is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QWidget

from stage.ui.desk.desk import Desk


@dataclass(frozen=True)
class Panel:
    """A part of a side pane.

    Attributes:
        side: the pane it stands in; panels stand in registry order.
        build: makes the widget; the window puts the title over it.
        own_title: the widget shows the title itself, and may hide with it.
        grows: it takes the room that is left, and scrolls by itself.
        of_line: it tells of the chosen line, and is not seen where there is none.
    """

    id: str
    title: str
    side: Literal["left", "right"]
    build: Callable[[Desk], QWidget]
    own_title: bool = False
    grows: bool = False
    of_line: bool = False
