"""What a view is."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from stage.ui.desk import Desk


@dataclass(frozen=True)
class View:
    """One way to look at plays; fills the middle of the window.

    Attributes:
        title: the word on the rail.
        mark: the name of its drawing, see `marks.py`.
        build: makes the widget, when the view is first shown. While it is hidden it does no work.
            Its focus proxy takes the keyboard; parts with the property "reading" obey letters.
        sides: the side panes that stand beside it.
    """

    id: str
    title: str
    mark: str
    build: Callable[[Desk], QWidget]
    sides: frozenset[str] = frozenset({"left", "right"})
