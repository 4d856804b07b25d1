from __future__ import annotations

import gc

from stage.play.line import Kind, Line, Status
from stage.play.spot import Spot, Spots, spot_of


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


def test_many_spots_are_nothing_to_the_garbage_collector() -> None:
    kept = Spots(Spot(str(n), str(n - 1), n, speaker="ada", nats=0.5 * n) for n in range(2000))
    gc.collect()
    assert not any(gc.is_tracked(each) for each in kept._plain)
    assert (len(kept), kept[5].id, kept.part(3, 5)[1].order) == (2000, "5", 4)
    kept[5] = kept[5]._replace(rating=3)
    kept.append(Spot("x", None, 1))
    assert [each.rating for each in kept][5] == 3
    assert kept[2000].id == "x"
