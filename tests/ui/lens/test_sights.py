from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.director.records import ScoredToken
from stage.ui.desk.desk import Desk
from stage.ui.lens.sights import LONG
from tests.ui.helpers import Part, detail, line


def test_a_long_line_is_worked_out_by_and_by_and_arrives(desk: Desk, part: Part, loop: Any) -> None:
    count = LONG + 50
    made = line("long", "b1", "a " * (count - 1) + "a", model="base")
    part.play.tree.add(made)
    token = {
        "id": 7,
        "text": " a",
        "logprob": -1.0,
        "top": [{"id": 7, "text": " a", "logprob": -1.0}],
    }
    part.details["long"] = detail(made, tokens=(token,) * count, raw_text=" a" * count)
    desk.details.get("long")
    told: list[str] = []
    desk.looks.arrived.connect(told.append)
    loop.until(lambda: desk.details.known("long") is not None)
    assert desk.looks.sight("long", "base") is None  # on its way
    loop.until(lambda: desk.looks.sight("long", "base") is not None)
    assert desk.looks.shade("long", "surprise") is None
    loop.until(lambda: desk.looks.shade("long", "surprise") is not None)
    assert len(desk.looks.shade("long", "surprise").tints) == count
    assert told.count("long") >= 2


def test_two_views_of_a_line_are_brought_together_once(desk: Desk, part: Part, loop: Any) -> None:
    desk.details.get("b1")
    loop.until(lambda: desk.looks.sight("b1", "chat") is not None)
    b1 = part.play.tree["b1"]
    assert desk.looks.meeting(b1) is None
    look = desk.looks.sight("b1", "chat").look
    tokens = tuple(replace(each, logprob=-2.0, entropy=1.0) for each in look.tokens)
    desk.looks._scored["b1", "base"] = replace(look, model="base", how="same prefix", tokens=tokens)
    meeting = desk.looks.meeting(b1)
    assert meeting is desk.looks.meeting(b1)
    assert meeting.one.model == "stage-chat"
    assert desk.looks.models(b1) == ("base", "chat")
    tints = desk.looks.shade("b1", "difference").tints
    assert [each.hue for each in tints] == [-1, -1, -1]  # likelier to the second: its own
    assert isinstance(meeting.other.tokens[0], ScoredToken)
    assert "same prefix" in meeting.other.source
