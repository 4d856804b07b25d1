from __future__ import annotations

from typing import Any

from stage.director.events import LineEnded
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part, detail


def test_a_detail_is_fetched_once_and_kept(desk: Desk, part: Part, loop: Any) -> None:
    arrived: list[str] = []
    desk.details.arrived.connect(arrived.append)
    assert desk.details.get("b1") is None
    assert desk.details.get("b1") is None
    loop.until(lambda: bool(arrived))
    assert arrived == ["b1"]
    assert desk.details.get("b1") is desk.details.known("b1")
    assert part.asked.count(("line", "b1")) == 1
    desk.bridge.ended.emit(LineEnded(part.play.tree["b1"], 0.1))
    assert desk.details.known("b1") is None


def test_the_tokens_of_a_said_line_come_with_it(desk: Desk, part: Part, loop: Any) -> None:
    part.details["c"] = detail(part.play.tree["c"], tokens=(), raw_text=None)
    for line_id in ("b1", "c"):
        desk.details.get(line_id)
        loop.until(lambda wanted=line_id: desk.details.known(wanted) is not None)
    told = desk.details.known("b1")
    assert told is not None
    assert told.look is not None
    assert [each.logprob for each in told.look.tokens] == [0.0, -0.5, -1.0]
    none = desk.details.known("c")
    assert none is not None
    assert none.look is None
