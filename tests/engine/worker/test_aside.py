from __future__ import annotations

import threading

import pytest

from stage.engine.worker.aside import aside
from tests.engine.helpers import run


def test_work_is_done_in_another_thread_that_ends() -> None:
    async def work() -> None:
        assert await aside(threading.get_ident) != threading.get_ident()
        with pytest.raises(ZeroDivisionError):
            await aside(lambda: 1 // 0)

    run(work())
    for thread in [each for each in threading.enumerate() if each.name == "aside"]:
        thread.join(5)
        assert not thread.is_alive()
