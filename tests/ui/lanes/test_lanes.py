from __future__ import annotations

from typing import Any

import pytest

from stage.director.events import LineStarted
from stage.play.line import Status
from stage.ui.desk.desk import Desk
from stage.ui.desk.saved import Saved
from stage.ui.desk.session import Session
from stage.ui.lanes.lanes import HISTORIES, MOST_LANES, Lane, restored
from tests.ui.helpers import Part, line, play


def session(saved: Saved | None = None) -> Session:
    made = Session(saved or Saved(None))
    made.show(play())
    return made


def test_up_to_four_lanes_take_the_models_in_turn() -> None:
    made = session()
    made.set_lanes(MOST_LANES + 3)
    assert [lane.model for lane in made.lanes] == ["base", "chat", "base", "chat"]
    made.move(3, "c")
    made.set_lanes(3)
    made.set_lanes(4)
    assert made.lanes[3].leaf == "b1", "a new lane starts where the current one stands"


def test_a_lane_is_closed_and_the_last_one_stays() -> None:
    made = session()
    made.set_lanes(3)
    made.focus_lane(2)
    made.close_lane(0)
    assert [lane.model for lane in made.lanes] == ["chat", "base"]
    assert made.at == 1
    made.close_lane(1)
    made.close_lane(0)
    assert len(made.lanes) == 1


def test_shared_lanes_go_on_from_the_lane_in_use() -> None:
    made = session()
    made.set_lanes(3)
    for at, leaf in enumerate(("b1", "b2", "c")):
        made.move(at, leaf)
    made.set_lane(0, history="shared")
    made.set_lane(1, history="shared")
    made.focus_lane(1)
    assert [made.after(at) for at in range(3)] == ["b2", "b2", "c"]
    made.focus_lane(2)
    assert [made.after(at) for at in range(3)] == ["b1", "b1", "c"], "the first one leads"


def test_a_frozen_transcript_stays_what_every_take_comes_after() -> None:
    made = session()
    assert made.play is not None
    made.set_lane(0, history="frozen")
    made.play.tree.add(line("x", "b1", "A take."))
    made.move(0, "x")
    assert [each.id for each in made.path(0)] == ["a", "b1", "x"]
    assert made.after(0) == "b1"
    made.move(0, "a")
    assert made.after(0) == "a", "who walks up freezes it there"


@pytest.mark.parametrize("history", HISTORIES)
def test_lanes_are_the_same_next_time(history: Any) -> None:
    saved = Saved(None)
    made = session(saved)
    made.set_lanes(2)
    made.set_lane(1, history=history, read=True)
    again = session(saved)
    assert again.lanes == made.lanes


@pytest.mark.parametrize(
    "kept", [["b1", None], ["b1", 7, "nonsense", 3, "x"], ["b1", "base", "frozen", "gone", None]]
)
def test_what_was_kept_is_not_trusted(kept: list[Any]) -> None:
    lane = restored(kept, play())
    assert lane is not None
    assert lane.leaf == "b1"
    assert lane.model in (None, "base")
    assert lane.history == "own"
    assert not lane.read
    assert restored(["gone", None], play()) is None


def test_lanes_of_one_model_get_a_take_each(desk: Desk, part: Part) -> None:
    desk.session.set_lanes(4)
    desk.session.pick("ada")
    desk.turns.speak()
    (turn,) = part.turns()
    assert (turn.models, turn.takes) == (("base", "chat"), 2)
    for name, model in (("x1", "base"), ("y1", "chat"), ("x2", "base"), ("y2", "chat")):
        made = line(name, "b1", model=model, status=Status.RUNNING, reason=None)
        part.play.tree.add(made)
        desk.bridge.started.emit(LineStarted(made))
    assert [lane.leaf for lane in desk.session.lanes] == ["x1", "y1", "x2", "y2"]


def test_a_frozen_lane_speaks_from_its_end_and_takes_no_typed_words(
    desk: Desk, part: Part, loop: Any
) -> None:
    hints: list[str] = []
    desk.turns.hint.connect(hints.append)
    desk.session.set_lane(0, history="frozen")
    part.play.tree.add(line("x", "b1", "A take."))
    desk.session.move(0, "x")
    desk.session.pick("ada")
    desk.turns.speak()
    assert part.turns()[-1].parent == "b1"
    desk.session.lanes[0].frozen = "a"
    desk.turns.say("Not here.")
    loop.until(lambda: bool(hints))
    assert "frozen" in hints[0]
    assert not [each for each in part.asked if each[0] == "say"]


def test_one_lane_is_stopped_and_the_others_go_on(desk: Desk, part: Part) -> None:
    desk.session.set_lanes(2)
    for name, model in (("x1", "base"), ("x2", "base"), ("y1", "chat")):
        part.play.tree.add(line(name, "b1", model=model, status=Status.RUNNING, reason=None))
    desk.session.move(0, "x1")
    desk.session.move(1, "y1")
    desk.turns.stop_lane(0)
    assert [each for each in part.asked if each[0] == "stop"] == [("stop", "x1"), ("stop", "x2")]


def test_an_empty_lane_is_plain() -> None:
    assert Lane("a").kept() == ["a", None, "own", "", False]
