from __future__ import annotations

import pytest

from stage.engine import protocol
from stage.engine.bill import Bill, Restarts
from stage.engine.orders import Prepared
from stage.engine.performance import Performance
from stage.play.line import Cut
from tests.engine.helpers import endings, orders, run, watch


def test_reports_find_their_performance() -> None:
    async def work() -> None:
        bill = Bill()
        made = [
            Performance(name, Prepared("", (1,)), orders(1), lambda *_: None, bill.remove)
            for name in ("a", "b")
        ]
        bill.add(made[0])
        bill.take_in(protocol.Reading("a", 1, 1), [], frozenset())
        bill.take_in(protocol.Reading("nobody", 1, 1), [], frozenset())
        bill.take_in(protocol.Began("t0", {}), [], frozenset())
        bill.take_in(protocol.Over("t0", "eog", None, {}, None), [], frozenset())
        assert not bill
        assert len(await watch(made[0])) == 3
        bill.add(made[1])
        bill.end_all("Gone.", Cut.ERROR)
        assert endings(await watch(made[1]))["t0"].error == "Gone."
        assert not bill

    run(work())


def test_restarts_are_counted_within_a_span_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    restarts = Restarts(2, 300)
    assert [restarts.allowed() for _ in range(3)] == [True, True, False]
    now[0] = 301
    assert restarts.allowed()
