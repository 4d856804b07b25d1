from __future__ import annotations

from typing import Any

import pytest

from stage.director.events import LineEnded
from stage.ui.desk import Desk
from stage.ui.details import read, tip
from tests.ui.helpers import Part, detail, line


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


def test_a_reading_has_surprise_tints_and_tips() -> None:
    made = read(detail(line("b1", "a", "One.")))
    assert made.surprise == [0.0, 0.5, 1.0]
    assert [(each.start, each.end) for each in made.tints] == [(0, 2), (2, 3), (3, 4)]
    assert made.tints[2].strength > made.tints[1].strength > made.tints[0].strength
    assert "100 %" in made.tips[0]
    assert "other0" in made.tips[0]


def test_a_typed_line_has_none_and_a_strange_text_no_tints() -> None:
    assert read(detail(line("a", "r"), tokens=(), raw_text=None)).tips == ()
    assert read(detail(line("b1", "a", "Something else."))).tints == []


@pytest.mark.parametrize("logprob", [None, -0.5])
def test_tips_are_plain_text(logprob: float | None) -> None:
    token = {"id": 1, "text": "<b>", "logprob": logprob, "top": [
        {"id": 2, "text": None, "logprob": None}]}  # fmt: skip
    assert tip(token).startswith("▸ <b>")
