"""What a view is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:  # the names of the views are wanted before anything of a play
    from stage.ui.desk.desk import Desk
    from stage.ui.pacing.building import Building


class InParts(Protocol):
    """A widget that is built part by part.

    Attributes:
        building: what has still to be built of it.
    """

    building: "Building"


@dataclass(frozen=True)
class View:
    """One way to look at plays; fills the middle of the window.

    Attributes:
        id: its word on the rail, and the name of its drawing there, see `marks.py`: the rail
            needs nothing of a view that nobody has gone to.
        build: makes the widget, when the view is first shown. While it is hidden it does no work.
            Its focus proxy takes the keyboard; parts with the property "reading", "lane" or
            "beside", obey letters, see keys.layer.
        sides: the side panes that stand beside it.
        begin: makes the widget of a view of many parts, before any of them; each is built in a
            turn of its own, ahead, while nothing else is to be done, or when the view is wanted.
    """

    id: str
    build: "Callable[[Desk], QWidget]"
    sides: frozenset[str] = frozenset({"left", "right"})
    begin: "Callable[[Desk], InParts] | None" = None
