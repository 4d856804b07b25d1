"""Nothing of one test acts in the next: what is left is stilled, and told by whose it is."""

from __future__ import annotations

import asyncio
import gc
import threading
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from stage.kit.tasks import spawn
from tests.remains import Remains, due, end_timers


def test_a_timer_of_a_test_that_is_over_does_not_fire(qapp: Any, qtbot: Any) -> None:
    remains, fired = Remains(), []
    owner = QObject()
    timer = QTimer(owner, singleShot=True, interval=1)
    timer.timeout.connect(lambda: fired.append("late"))
    timer.start()
    remains.still()
    qtbot.wait(20)
    assert fired == []


def test_what_outlives_a_test_is_told_and_ended(qapp: Any) -> None:
    remains, owner = Remains(), QObject(objectName="a desk")
    timer = QTimer(owner, interval=10_000)
    timer.start()
    widget = QWidget()
    widget.show()
    gone = QTimer(interval=10_000)
    gone.start()
    del gone
    told = remains.left()
    assert len(told) == 2
    assert "QTimer" in told[0]
    assert "a desk" in told[0]
    assert "QWidget" in told[1]
    assert not timer.isActive()
    assert Remains().left() == []


def test_what_is_due_soon_is_waited_for_and_nothing_else(qloop: Any) -> None:
    done: list[str] = []
    owner = QObject()
    first, then, later = (QTimer(owner, singleShot=True) for _ in range(3))
    first.timeout.connect(lambda: (done.append("first"), then.start(60)))
    then.timeout.connect(lambda: done.append("then"))
    later.timeout.connect(lambda: done.append("later"))
    first.start(30)
    later.start(5_000)
    with qloop.running():
        qloop.settle()
    assert done == ["first", "then"]
    assert due() == 0
    later.stop()


def test_what_ending_tasks_begin_is_ended_too(qloop: Any) -> None:
    ended: list[str] = []

    async def last(name: str, then: str = "") -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(name)
            if then:
                spawn(last(then), name=then)

    with qloop.running():
        spawn(last("one", "other"), name="one")
    qloop.end_tasks()
    assert ended == ["one", "other"]
    assert not asyncio.all_tasks(qloop.loop)
    QCoreApplication.processEvents()


def test_what_a_closed_loop_waited_for_may_end_in_any_thread(
    qapp: QApplication, qtlog: Any
) -> None:
    loop = qasync.QEventLoop(qapp)
    loop.call_later(60, print)
    loop.close()
    end_timers(loop)
    del loop
    other = threading.Thread(target=gc.collect)
    other.start()
    other.join()
    assert [each.message for each in qtlog.records] == []
