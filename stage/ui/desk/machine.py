"""What the front door tells the window about the machine: where things lie, what checks found."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from stage.kit import paths
from stage.ui.pacing.probe import Lateness


@dataclass(frozen=True)
class Found:
    """The outcome of one check of the machine.

    Attributes:
        fix: what to do about it, "" when all is well.
    """

    check: str
    sentence: str
    fix: str = ""
    level: Literal["ok", "warning", "error"] = "ok"


async def _nothing() -> AsyncIterator[Found]:
    found: tuple[Found, ...] = ()
    for each in found:
        yield each


@dataclass(frozen=True)
class Machine:
    """The machine as the front door knows it.

    Attributes:
        library: the file that is open.
        logs: the folder of logs and crash reports.
        examine: makes every check, away from the window's thread.
        lateness: how late the window's loop was since it opened.
        crash: what is known of how the last evening ended badly, "" when it ended well.
    """

    library: Path = field(default_factory=paths.library)
    logs: Path = field(default_factory=paths.state)
    examine: Callable[[], AsyncIterator[Found]] = _nothing
    lateness: Callable[[], Lateness | None] = lambda: None
    crash: str = ""
