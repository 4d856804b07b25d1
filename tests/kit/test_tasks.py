"""Tasks are held until done and never fail in silence."""

from __future__ import annotations

import asyncio
import gc
import inspect
from typing import Any

import pytest

from stage.kit import tasks
from stage.kit.errors import ClosedError


def test_a_task_is_held_and_let_go() -> None:
    async def inside() -> str:
        async def work() -> str:
            await asyncio.sleep(0.01)
            return "done"

        task = tasks.spawn(work(), name="work")
        assert task in tasks._held
        gc.collect()
        answer = await task
        await asyncio.sleep(0)
        assert task not in tasks._held
        assert task.get_name() == "work"
        return answer

    assert asyncio.run(inside()) == "done"


def test_an_error_is_logged_by_name(expected_logs: Any) -> None:
    expected_logs.expect("sum failed")

    async def inside() -> None:
        async def work() -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await tasks.spawn(work(), name="sum")

    asyncio.run(inside())


def test_a_cancelled_task_is_no_error() -> None:
    async def inside() -> None:
        task = tasks.spawn(asyncio.sleep(10), name="sleep")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(inside())


def test_work_that_came_after_closing_ends_without_a_word() -> None:
    async def inside() -> None:
        async def work() -> None:
            raise ClosedError("the library is closed")

        with pytest.raises(ClosedError):
            await tasks.spawn(work(), name="read")

    asyncio.run(inside())


def test_what_runs_is_ended_and_what_it_begins_then_too() -> None:
    ended: list[str] = []

    async def wait(name: str, then: str = "") -> None:
        try:
            await asyncio.sleep(10)
        finally:
            ended.append(name)
            if then:
                tasks.spawn(wait(then), name=then)
                await asyncio.sleep(0)

    async def inside() -> None:
        tasks.spawn(wait("first", "second"), name="first")
        await asyncio.sleep(0)
        await tasks.spawn(tasks.end(), name="who asks goes on")

    asyncio.run(inside())
    assert ended == ["first", "second"]


def test_without_a_loop_it_is_told_at_once_and_no_coroutine_is_left_behind() -> None:
    work = asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="no running event loop"):
        tasks.spawn(work, name="late")
    assert inspect.getcoroutinestate(work) == inspect.CORO_CLOSED
