from __future__ import annotations

import asyncio

from stage.kit import paths
from stage.ui.desk.machine import Machine


def test_a_machine_nobody_told_of_is_the_users_own_and_well() -> None:
    machine = Machine()
    assert (machine.library, machine.logs) == (paths.library(), paths.state())
    assert machine.lateness() is None

    async def all_found() -> list[object]:
        return [each async for each in machine.examine()]

    assert asyncio.run(all_found()) == []
