from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stage.app import examining, preflight
from stage.app.checks.finding import Finding
from stage.ui.desk.machine import Found


def test_checks_are_made_away_from_the_loop(qloop: Any, monkeypatch: Any, tmp_path: Path) -> None:
    where: list[threading.Thread] = []

    def examine(library: Path) -> Iterator[Finding]:
        where.append(threading.current_thread())
        yield Finding("library", f"The library is {library}.")
        yield Finding("disk", "Too little.", "Free some.", "window")

    monkeypatch.setattr(preflight, "examine", examine)

    async def all_found() -> list[Found]:
        return [each async for each in examining.examine(tmp_path)]

    assert qloop.run(all_found()) == [
        Found("library", f"The library is {tmp_path}."),
        Found("disk", "Too little.", "Free some.", "warning"),
    ]
    assert where[0] is not threading.main_thread()
    where[0].join(10)
