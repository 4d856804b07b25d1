from __future__ import annotations

from array import array

import pytest

from stage.engine import protocol
from stage.engine.worker.takes import FirstRow, FirstRows, Request, Take
from stage.kit.errors import BadInput
from stage.play.line import Cut

TOP = (array("i", range(10)).tobytes(), array("f", range(10)).tobytes())


def take(**cut: object) -> Take:
    rule = {"own": [], "others": [], "blocks": False, **cut}
    return Take({"id": "t", "seed": 1, "sampler": {}, "cut": rule})


def test_characters_may_be_spread_over_tokens() -> None:
    made = take(others=["Bob"])
    for piece in (b"\xe2", b"\x98", b"\x83", b"\n", b"Bob"):
        assert made.add(1, piece, -1.0, TOP) is None
    assert made.add(2, b":", -1.0, TOP) is Cut.LABEL
    said = made.said()
    assert list(protocol.unpack(said.ids, "i")) == [1, 1, 1, 1, 1, 2]
    assert len(protocol.unpack(said.top_ids, "i")) == 60
    assert said.safe == 1
    assert made.over(Cut.LABEL).cut_at == 1
    assert not made.unsent


def test_what_is_unsent_is_sent_once() -> None:
    made = take()
    made.add(5, b"a", -0.5, TOP)
    assert made.unsent
    first = made.said()
    made.add(6, b"b", -0.25, TOP)
    assert list(protocol.unpack(made.said().logprobs, "f")) == [-0.25]
    assert list(protocol.unpack(first.ids, "i")) == [5]


def test_a_take_that_never_began_still_ends() -> None:
    over = take().over(Cut.USER)
    assert (over.reason, over.timings) == ("user", {"tokens": 0})
    made = take()
    made.request = Request("r", array("i", [1]), [], 1)
    assert made.over(Cut.USER).timings["total"] >= 0


def test_a_bad_sampler_is_refused() -> None:
    with pytest.raises(BadInput):
        Take(
            {"id": "t", "seed": 1, "sampler": {"chain": [{"name": "magic"}]}, "cut": {}}
            | {"cut": {"own": [], "others": [], "blocks": False}}
        )


def test_the_first_rows_of_the_latest_prompts_are_remembered() -> None:
    rows = FirstRows(2)
    prompts = [array("i", [number] * 3) for number in range(3)]
    made = [FirstRow(None, None, (b"", b"")) for _ in prompts]  # type: ignore[arg-type]
    rows.put(prompts[0], made[0])
    rows.put(prompts[1], made[1])
    assert rows.get(prompts[0]) is made[0]  # of use again
    rows.put(prompts[2], made[2])
    assert [rows.get(each) for each in prompts] == [made[0], None, made[2]]
