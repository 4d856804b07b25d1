from __future__ import annotations

from stage.director.turns.performing import Turn
from stage.play.line import Status
from stage.ui.desk.desk import Desk
from stage.ui.lanes.followers import Followers
from tests.ui.helpers import Part, line


def test_lanes_on_one_line_are_one_group(desk: Desk, part: Part) -> None:
    desk.session.set_lanes(3)
    desk.session.move(2, "c")
    groups = Followers(desk.session).groups("ada")
    assert groups == [("b1", ("base", "chat"), [0, 1]), ("c", ("base",), [2])]


def test_a_lane_that_went_elsewhere_is_left_there(desk: Desk, part: Part) -> None:
    followers = Followers(desk.session)
    followers.follow(Turn("b1", "ada", ("base",)), [0])
    desk.session.move(0, "c")
    said = line("x", "b1", status=Status.RUNNING, reason=None)
    part.play.tree.add(said)
    followers.begun(said)
    assert desk.session.lanes[0].leaf == "c"


def test_who_waited_in_vain_is_told_once(desk: Desk, part: Part) -> None:
    followers = Followers(desk.session)
    followers.follow(Turn("b1", "ada", ("base",)), [0])
    assert followers.forget("b1", "base") == [0]
    assert followers.forget("b1", "base") == []
