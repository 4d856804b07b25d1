"""A library with runs of the play "p", for a desk whose director plays its part."""

from __future__ import annotations

from typing import Any

from stage.director.records import RunTake
from stage.director.runs.asking import Asked
from stage.kit.errors import KnownError
from stage.store.library import RunRow
from stage.ui.desk.desk import Desk
from tests.ui.compare.making import Records

ASKED = Asked(("ben",), ("chat",), 3, 5)


def take(line: str, number: int, **more: Any) -> RunTake:
    """A take of Ben's by the chat model that went well."""
    given: dict[str, Any] = {
        "speaker": "ben", "model": "chat", "seed": 40 + number, "mode": "batched",
        "sampler": {"chain": [{"name": "greedy"}]}, "started": 10.0, "ended": 12.0,
        "reason": "eog", "error": None, "tokens": 4, "seconds": 2.0, "hidden": False, **more,
    }  # fmt: skip
    return RunTake(line=line, number=number, **given)


def logged(id_: str, line: str, *takes: RunTake, **more: Any) -> RunRow:
    """A run as the log has it."""
    given = {"asked": ASKED.to_json(), "failures": (), **more}
    return RunRow(id_, line, takes=takes, **given)


class Log(Records):
    """A library that also knows runs, a page of them at a time."""

    def __init__(self, part: Any, *rows: RunRow) -> None:
        super().__init__(part)
        self.rows = list(rows)
        self.size = 50
        self.broken = ""  # why nothing can be read

    async def runs(
        self, play: str, before: int | None, *, most: int, fewest: int
    ) -> tuple[list[RunRow], int | None]:
        self.asked.append(f"runs {before}")
        if self.broken:
            raise KnownError(self.broken)
        wanted = [each for each in self.rows if fewest == 1 or each.asked is not None]
        begin, end = before or 0, (before or 0) + max(self.size, most if most > 50 else 0)
        return wanted[begin:end], end if end < len(wanted) else None


def with_runs(desk: Desk, *rows: RunRow) -> Log:
    """Give the desk's director a library with runs."""
    log = Log(desk.director, *rows)
    desk.director.library = log  # type: ignore[assignment]
    return log


def a_run(id_: str = "01") -> RunRow:
    """The three takes of the play, as one run."""
    return logged(id_, "a", *(take(f"b{at}", at) for at in (1, 2, 3)))
