"""What Ctrl+Z takes back: what was done last where one is, in the library or on the stage."""

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from stage.ui.views.library import Library
    from stage.ui.window.window import Window

ELSEWHERE = ("library", "models")  # views that do not show the play on stage


def undo(window: "Window") -> None:
    """Take it back."""
    if on_stage(window):
        window.desk.steps.undo()
    elif (library := _library(window)) is not None:
        library.undo()


def undoes(window: "Window") -> str:
    """What was done to the play, in words; "" where that is not what one sees."""
    return window.desk.steps.back if on_stage(window) else ""


def can_undo(window: "Window") -> bool:
    """Whether there is anything to take back."""
    library = _library(window)
    return bool(undoes(window)) or (library is not None and bool(library.undoes))


def on_stage(window: "Window") -> bool:
    """Whether one is at a view of the play on stage."""
    return window.panes.at not in ELSEWHERE


def _library(window: "Window") -> "Library | None":
    panes = window.panes
    return cast("Library | None", panes.here()) if panes.at == "library" else None
