from __future__ import annotations

from stage.play.line import Kind, Line, Status
from stage.play.spot import Spot, spot_of


def test_surprise_is_nats_a_token_and_unknown_where_nothing_is_known() -> None:
    assert Spot("a", None, 1, tokens=4, nats=6.0).surprise == 1.5
    assert Spot("a", None, 1, tokens=4).surprise is None
    assert Spot("a", None, 1, nats=0.0).surprise is None


def test_a_running_line_has_a_spot() -> None:
    line = Line("a", "r", "p", Kind.SPEECH, "ada", "Well", model="base", status=Status.RUNNING)
    made = spot_of(line)
    assert (made.id, made.parent, made.speaker, made.model) == ("a", "r", "ada", "base")
    assert made.running
    assert made.length == 4
    assert made.node.id == "a"
