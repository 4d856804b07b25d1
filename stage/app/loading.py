"""How far a model's loading is, as the commands that ask a model tell it."""

from collections.abc import Callable
from pathlib import Path

from stage.app.command import Output
from stage.director.events import Event, ModelChanged


def loading(out: Output) -> Callable[[Event], None]:
    """What to connect to a director's events: draws the share of the weights that is read."""

    def hear(event: Event) -> None:
        if isinstance(event, ModelChanged) and event.phase == "loading":
            out.progress(f"{Path(event.path).stem}: reading weights {event.progress or 0:.0%}")

    return hear
