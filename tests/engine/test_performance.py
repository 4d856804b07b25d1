from __future__ import annotations

import struct
from array import array
from typing import Any

import pytest

from stage.engine import protocol
from stage.engine.orders import Ended, Evaluating, Pieces, Prepared, Started
from stage.engine.performance import Performance
from stage.play.line import Cut
from tests.engine.helpers import orders, run, watch

PIECES = [b"a", b"\xe2\x98", b"\x83", b"<eog>"]


def said(take: str, ids: list[int], width: int = 2) -> protocol.Said:
    count = len(ids)
    return protocol.Said(
        take,
        1,
        protocol.pack(array("i", ids).tobytes()),
        protocol.pack(array("f", [-0.5] * count).tobytes()),
        protocol.pack(array("i", [0, 1] * count)[: width * count].tobytes()),
        protocol.pack(struct.pack("<2e", -0.5, -1.0)[: 2 * width] * count),
    )


def made(count: int = 1) -> tuple[Performance, list[Any]]:
    told: list[Any] = []
    performance = Performance(
        "r",
        Prepared("p", (1, 2)),
        orders(count),
        lambda _, take: told.append(("stop", take)),
        lambda _: told.append("finished"),
    )
    return performance, told


def test_events_come_in_order_and_end() -> None:
    async def work() -> None:
        performance, told = made()
        performance.reading(protocol.Reading("r", 1, 2))
        performance.began(protocol.Began("t0", {"takes": 1}))
        performance.said(said("t0", [0, 1]), PIECES, frozenset([3]))
        performance.said(said("t0", [2, 3]), PIECES, frozenset([3]))
        performance.over(protocol.Over("t0", "eog", None, {"tokens": 4}, None))
        performance.over(protocol.Over("t0", "eog", None, {}, None))  # a second one is nobody's
        events = await watch(performance)
        assert events[:2] == [Evaluating(1, 2), Started("t0", {"takes": 1})]
        first, second, end = events[2:]
        assert isinstance(first, Pieces)
        assert isinstance(second, Pieces)
        assert (first.text, first.first, second.text, second.first) == ("a", 0, "☃", 2)
        assert second.tokens[1].piece == b""
        assert second.tokens[0].top == ((0, -0.5), (1, -1.0))
        assert end == Ended("t0", Cut.EOG, "a☃", None, 4, {"tokens": 4}, None)
        assert told == ["finished"]

    run(work())


def test_failing_keeps_the_text_and_half_a_character_shows() -> None:
    async def work() -> None:
        performance, _ = made(2)
        performance.said(said("t0", [0, 1]), PIECES, frozenset())
        performance.fail("Gone.", only="t0")
        performance.fail("Gone.")
        ended = [event for event in await watch(performance) if isinstance(event, Ended)]
        assert [(each.raw_text, each.error) for each in ended] == [
            ("a\ufffd", "Gone."),
            ("", "Gone."),
        ]

    run(work())


def test_stopping_is_asked_once_there_is_something_to_stop() -> None:
    async def work() -> None:
        performance, told = made()
        performance.stop("nobody")
        performance.stop("t0")
        performance.stop()
        performance.fail("")
        performance.stop()
        assert told == [("stop", "t0"), ("stop", ""), "finished"]

    run(work())


@pytest.mark.parametrize(
    "broken",
    [said("t0", [0, 99]), said("t0", [-1]), protocol.Said("t0", 0, "AAAAAA==", "", "", "")],
)
def test_reports_that_make_no_sense_are_refused(broken: protocol.Said) -> None:
    async def work() -> None:
        performance, _ = made()
        with pytest.raises(protocol.BadFrame):
            performance.said(broken, PIECES, frozenset())

    run(work())


def test_the_order_names_what_still_runs() -> None:
    async def work() -> None:
        performance, _ = made(2)
        performance.fail("", Cut.USER, "t0")
        order = performance.order()
        assert [each["id"] for each in order.takes] == ["t1"]
        assert order.tokens == [1, 2]
        assert protocol.decode(protocol.encode(order).strip()) == order

    run(work())


def test_a_text_of_200_000_letters_and_one_that_turns_the_line_around_arrive_whole() -> None:
    pieces = [b"a" * 1000, b"\x1b[31m\x07", "\u202e\u2067".encode(), b"\0", b"\xff"]

    async def work() -> None:
        performance, _ = made()
        for _ in range(200):
            performance.said(said("t0", [0]), pieces, frozenset())
        performance.said(said("t0", [1, 2, 3, 4]), pieces, frozenset())
        performance.over(protocol.Over("t0", "length", None, {}, None))
        end = (await watch(performance))[-1]
        assert isinstance(end, Ended)
        assert end.raw_text == "a" * 200_000 + "\x1b[31m\x07\u202e\u2067\0\ufffd"
        assert end.tokens_total == 204

    run(work())
