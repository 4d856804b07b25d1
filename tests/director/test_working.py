"""Work is counted and can be stopped, from any thread and while it is awaited."""

from __future__ import annotations

import asyncio
import io

import pytest

from stage.director.working import Counted, Stopped, Work, stoppable, undivided
from stage.kit.tasks import spawn


def test_a_file_is_counted_as_it_is_read() -> None:
    work = Work()
    work.begin("reading", 10)
    file = Counted(io.BytesIO(b"one\ntwo\nxy"), work)
    assert file.readline() == b"one\n"
    assert file.read(2) == b"tw"
    assert work.done == 6
    assert file.read() == b"o\nxy"
    assert (work.what, work.total) == ("parsing", 0), "nobody knows how long that takes"


def test_what_is_stopped_ends_at_its_next_step() -> None:
    work = Work()
    work.begin("storing", 2)
    work.on()
    work.stop()
    with pytest.raises(Stopped, match="nothing was changed"):
        work.on()
    with pytest.raises(Stopped):
        work.begin("reading")


def test_a_task_is_cancelled_by_a_stop() -> None:
    async def run() -> None:
        work, task = Work(), spawn(asyncio.sleep(60), name="test")
        asyncio.get_running_loop().call_soon(work.stop)
        with pytest.raises(Stopped):
            await stoppable(task, work)
        assert task.cancelled()
        assert await stoppable(spawn(asyncio.sleep(0, 3), name="test"), Work()) == 3

    asyncio.run(run())


@pytest.mark.parametrize("ends", [True, False])
def test_what_cannot_be_divided_is_stopped_by_a_cancel_and_waited_for(ends: bool) -> None:
    async def run() -> list[str]:
        work, said = Work(), list[str]()

        async def divided_by_nothing() -> None:
            while not work._stop.is_set():
                await asyncio.sleep(0)
            said.append("ends")
            if ends:
                raise Stopped

        outer = spawn(undivided(divided_by_nothing(), work), name="test")
        await asyncio.sleep(0)
        outer.cancel()
        with pytest.raises(asyncio.CancelledError):
            await outer
        return said

    assert asyncio.run(run()) == ["ends"]


def test_whoever_waits_may_be_cancelled_too() -> None:
    async def run() -> None:
        inner = spawn(asyncio.sleep(60), name="test")
        outer = spawn(stoppable(inner, Work()), name="test")
        await asyncio.sleep(0)
        outer.cancel()
        with pytest.raises(asyncio.CancelledError):
            await outer
        await asyncio.sleep(0)
        assert inner.cancelled()

    asyncio.run(run())
