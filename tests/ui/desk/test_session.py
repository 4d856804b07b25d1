from __future__ import annotations

from dataclasses import replace

from stage.play.line import Status
from stage.ui.desk.saved import Saved
from stage.ui.desk.session import Session, speaks
from tests.ui.helpers import line, play


def session(saved: Saved | None = None) -> Session:
    made = Session(saved or Saved(None))
    made.show(play())
    return made


def test_it_opens_on_the_branch_last_visited() -> None:
    made = session()
    assert [each.id for each in made.path(0)] == ["a", "b1"]
    assert made.typing_as == "guest"


def test_two_lanes_have_a_model_each_and_start_where_one_stood() -> None:
    made = session()
    made.move(0, "b2")
    made.set_lanes(2)
    assert [(lane.leaf, lane.model) for lane in made.lanes] == [("b2", "base"), ("b2", "chat")]
    made.move(1, "b3")
    made.focus_lane(1)
    made.set_lanes(1)
    assert [(lane.leaf, lane.model) for lane in made.lanes] == [("b3", None)]


def test_lanes_and_who_types_are_there_next_time() -> None:
    saved = Saved(None)
    made = session(saved)
    made.set_lanes(2)
    made.move(1, "c")
    made.type_as("ben")
    again = session(saved)
    assert [lane.leaf for lane in again.lanes] == ["b1", "c"]
    assert again.typing_as == "ben"


def test_lanes_that_are_no_more_are_not_opened() -> None:
    saved = Saved(None)
    saved.put_play("p", lanes=[["gone", None], "nonsense"], typing_as="nobody")
    made = session(saved)
    assert [lane.leaf for lane in made.lanes] == ["b1"]
    assert made.typing_as == "guest"


def test_no_lane_stands_on_or_goes_on_from_a_line_that_went_out_of_sight() -> None:
    saved = Saved(None)
    made = session(saved)
    made.set_lane(0, history="frozen")
    assert made.after(0) == "b1"
    assert made.play is not None
    made.play.tree.add(replace(made.play.tree["b1"], hidden=True))
    made.follow()
    assert (made.lanes[0].leaf, made.after(0)) == ("c", "c")
    again = session(saved)
    saved.put_play("p", lanes=[["b3", None, "frozen", "b3", False]])
    assert again.play is not None
    again.play.tree.add(replace(again.play.tree["b3"], hidden=True))
    again.show(again.play)
    assert (again.lanes[0].leaf, again.after(0)) == ("b1", "b1"), "deleted while it was closed"


def test_who_speaks_next_is_the_rules_until_somebody_is_picked() -> None:
    made = session()
    assert made.decision().queue == ("guest",)
    made.pick("ada")
    assert made.decision().queue == ("ada",)
    assert made.decision().rule == "manual"
    made.pick("ada")
    assert made.picked == ""
    made.pick("ada")
    made.move(0, "c")
    assert made.picked == "", "a choice holds for one turn"


def test_the_chosen_line_is_the_leaf_until_one_is_chosen() -> None:
    made = session()
    seen: list[str] = []

    def chose() -> None:
        found = made.chosen_line()
        seen.append(found.id if found else "")

    made.chose.connect(chose)
    assert made.chosen_line() == made.leaf()
    made.choose("a")
    made.choose("a")
    assert seen == ["a"]
    made.choose("c")  # not on the lane's path
    assert made.chosen_line() == made.leaf()


def test_a_line_being_said_is_known() -> None:
    made = session()
    assert not speaks(made)
    assert made.play is not None
    made.play.tree.add(line("d", "b1", status=Status.RUNNING, reason=None))
    made.move(0, "d")
    assert speaks(made)


def test_without_a_play_nothing_is_there() -> None:
    made = Session(Saved(None))
    made.show(None)
    assert made.path(0) == []
    assert made.leaf() is None
    assert made.models == ()
    assert made.decision().queue == ()
    made.set_lanes(2)
    made.move(0, "a") if made.lanes else None
    assert made.chosen_line() is None


def test_a_line_chosen_from_afar_counts_until_a_lane_moves() -> None:
    made = session()
    made.choose("c")
    assert made.chosen_line() == made.leaf(), "no lane shows it"
    made.choose("c", afar=True)
    assert made.chosen_line() == made.play.tree["c"]
    made.move(0, "b3")
    assert made.chosen_line() == made.play.tree["b3"]


def test_where_no_line_is_chosen_that_of_the_lane_is_told_anew() -> None:
    made, told = session(), list[str]()
    made.set_lanes(2)
    made.move(1, "c")
    made.choose("")
    made.chose.connect(lambda: told.append(made.chosen_line().id))
    made.focus_lane(1)
    assert told == ["c"]
    made.choose("a")  # both lanes show it
    told.clear()
    made.focus_lane(0)
    assert told == []


def test_the_chosen_line_and_the_current_lane_are_where_they_were_left() -> None:
    made = session()
    made.set_lanes(2)
    made.choose("a", 1)
    again = Session(made.saved)
    again.show(made.play)
    assert (again.at, again.chosen) == (1, "a")
    made.saved.put_play("p", at=7, chosen="gone")
    again.show(made.play)
    assert again.at == 0
    assert again.chosen_line() == again.leaf()


def test_a_lane_that_is_to_be_shown_again_is_shown_once_however_often_that_was_asked() -> None:
    made, shown = session(), list[int]()
    made.set_lanes(2)
    made.moved.connect(shown.append)
    with made.agenda.counting():
        for _ in range(3):
            made.refresh()
    assert shown == [0, 1]
