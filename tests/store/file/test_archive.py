"""The archive thread: order, urgency, cancelled callers, errors, the end."""

from __future__ import annotations

import asyncio
import threading

import pytest

from stage.kit.errors import BugError
from stage.store.file.archive import LAST, NORMAL, URGENT, Archive


def test_work_is_done_on_one_thread_that_is_not_ours() -> None:
    archive = Archive()
    names = {archive.submit(lambda: threading.current_thread().name).result() for _ in range(5)}
    assert names == {"archive"}
    assert archive.close()


def test_urgent_work_goes_first_and_the_rest_in_order() -> None:
    archive, gate, done = Archive(), threading.Event(), []
    archive.submit(gate.wait)
    jobs = [(LAST, "last"), (NORMAL, "a"), (NORMAL, "b"), (URGENT, "u1"), (URGENT, "u2")]
    for priority, name in jobs:
        archive.submit(lambda name=name: done.append(name), priority)
    gate.set()
    archive.close()
    assert done == ["u1", "u2", "a", "b", "last"]


def test_an_error_reaches_the_caller_and_the_thread_lives_on() -> None:
    async def inside() -> int:
        archive = Archive()
        with pytest.raises(ZeroDivisionError):
            await archive.run(lambda: 1 // 0)
        answer = await archive.run(lambda: 5)
        archive.close()
        return answer

    assert asyncio.run(inside()) == 5


def test_the_loop_is_not_blocked_while_work_is_done() -> None:
    async def inside() -> None:
        archive, gate = Archive(), threading.Event()
        work = asyncio.ensure_future(archive.run(gate.wait))  # noqa: TID251
        await asyncio.sleep(0.02)
        assert not work.done()
        gate.set()
        await work
        archive.close()

    asyncio.run(inside())


def test_a_cancelled_caller_hears_of_it_after_the_work_was_done_once() -> None:
    async def inside() -> list[str]:
        archive, gate, done = Archive(), threading.Event(), []

        async def caller() -> None:
            answer = await archive.finish(lambda: (gate.wait(), done.append("work"))[0])
            done.append(f"answer {answer}")
            await asyncio.sleep(0)
            done.append("never")

        task = asyncio.get_running_loop().create_task(caller())
        await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.sleep(0.02)
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        archive.close()
        return done

    assert asyncio.run(inside()) == ["work", "answer True"]


def test_finish_hands_an_error_on() -> None:
    async def inside() -> None:
        archive = Archive()
        with pytest.raises(ZeroDivisionError):
            await archive.finish(lambda: 1 // 0)
        archive.close()

    asyncio.run(inside())


def test_a_closed_archive_takes_nothing_and_may_be_closed_twice() -> None:
    archive = Archive()
    assert archive.close()
    assert archive.close()
    with pytest.raises(BugError):
        archive.submit(lambda: None)


def test_close_tells_when_work_is_late() -> None:
    archive, gate = Archive(), threading.Event()
    archive.submit(gate.wait)
    assert not archive.close(0.01)
    gate.set()
    assert archive.close()
