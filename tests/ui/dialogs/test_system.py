from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from stage.ui.desk.machine import Found, Machine
from stage.ui.dialogs.system import SystemCheck
from stage.ui.pacing.probe import Lateness


def test_what_is_found_is_shown_as_it_comes_with_its_fix(shown: Any, loop: Any) -> None:
    going_on = asyncio.Event()

    async def examine() -> AsyncIterator[Found]:
        yield Found("python", "Python suits.")
        await going_on.wait()
        yield Found("disk", "There is only 1 MB free.", "Free some.", "warning")

    late = Lateness(1000, 0.4, 3.6, 62.0, 2)
    machine = Machine(Path("stage.db"), Path("state"), examine, lambda: late, "Fatal: Segfault")
    made = shown(SystemCheck(machine), 640, 560)
    loop.until(lambda: len(made.found) == 3)
    assert made.state.text() == "Checking this machine ..."
    assert "within 4 ms 99 times of 100, and 62 ms at worst" in made.found[0].sentence
    assert "2 times" in made.found[0].sentence
    assert "Segfault" in made.found[1].sentence
    going_on.set()
    loop.until(lambda: len(made.found) == 4)
    loop.settle()
    assert made.state.text() == "3 of 4 checks found something to do."
    made._copy.click()
    assert "disk: There is only 1 MB free. Free some." in QGuiApplication.clipboard().text()


def test_all_well_and_closing_ends_the_check(shown: Any, loop: Any) -> None:
    made = shown(SystemCheck(Machine()), 640, 560)
    loop.until(lambda: made.state.text().startswith("All 0"))
    made.reject()
    assert made._task.done()
