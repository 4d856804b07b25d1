from __future__ import annotations

from typing import Any

from stage.director.events import Changed, Changes
from stage.ui.desk.desk import Desk
from stage.ui.lanes.centre import Centre, Title
from tests.ui.helpers import Part, line


def test_lanes_come_and_go(desk: Desk, shown: Any) -> None:
    centre = shown(Centre(desk), 900, 600)
    assert len(centre.lanes) == 1
    desk.session.set_lanes(2)
    assert len(centre.lanes) == 2
    assert abs(centre.lanes[0].width() - centre.lanes[1].width()) <= 2
    desk.session.focus_lane(1)
    assert centre.current() is centre.lanes[1]
    desk.session.set_lanes(1)
    assert len(centre.lanes) == 1


def test_widths_that_were_dragged_come_back_whatever_lanes_were_put_away(
    desk: Desk, shown: Any
) -> None:
    centre = shown(Centre(desk), 1200, 600)
    desk.session.set_lanes(4)
    desk.session.set_lanes(2)
    centre._split.moveSplitter(800, 1)
    before = [each.width() for each in centre.lanes]
    assert before[0] > before[1] + 100
    desk.session.set_lanes(1)
    desk.session.set_lanes(2)
    assert [each.width() for each in centre.lanes] == before


def test_without_a_play_there_is_a_sentence_and_one_button(desk: Desk, shown: Any) -> None:
    centre = shown(Centre(desk), 900, 600)
    assert not centre.empty.isVisible()
    desk.session.show(None)
    assert centre.empty.isVisible()
    assert not centre.composer.isVisible()
    asked: list[bool] = []

    def wanted() -> None:
        asked.append(True)

    centre.empty.wanted.connect(wanted)
    centre.empty.act.click()
    assert asked == [True]


def test_the_title_says_what_is_shown_and_what_goes_on(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    title = shown(Title(desk), 900, 44)
    assert title._title.text() == "A test"
    assert title._crumbs.text() == "2 lines shown"
    desk.survey.want()
    loop.until(lambda: title._crumbs.text() == "2 of 5 lines shown")
    part.play.tree.add(line("x", "b1"))
    part.told.fire(Changed(Changes.TREE, "p", ("x",)))
    assert title._crumbs.text().startswith("2 of 6 lines shown")
    desk.session.move(0, "a")
    assert "3 branches further on, Alt+Right" in title._crumbs.text()
    desk.prefs.set("keys", "pyloom")  # where Alt+Right would write a line
    assert "3 branches further on, Ctrl+Right" in title._crumbs.text()
    title.lanes[1].click()
    assert len(desk.session.lanes) == 2


def test_lanes_are_as_wide_as_somebody_made_them(desk: Desk, shown: Any) -> None:
    centre = shown(Centre(desk), 900, 600)
    desk.session.set_lanes(2)
    centre._split.moveSplitter(560, 1)
    wide = centre.lanes[0].width()
    desk.session.set_lane(0, model="chat")
    assert centre.lanes[0].width() == wide
    again = shown(Centre(desk), 900, 600)
    assert again.lanes[0].width() == wide
    desk.session.set_lanes(3)
    assert max(abs(each.width() - centre.lanes[0].width()) for each in centre.lanes) <= 2


def test_where_there_is_little_height_the_lines_have_most_of_it(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    centre = shown(Centre(desk), 700, 580)
    composer, lane = centre.composer, centre.lanes[0]
    loop.settle()
    assert lane.text.height() > 2 * composer.height()
    meter, reason = composer.meter, composer.reason
    assert meter.isVisible()
    assert not reason.isVisible()
    assert meter.y() < composer.speak.mapTo(composer, composer.speak.rect().bottomLeft()).y()
    centre.resize(700, 900)
    loop.settle()
    assert reason.isVisible()
    assert meter.isVisible()
    assert meter.y() > composer.speak.mapTo(composer, composer.speak.rect().bottomLeft()).y()
    stops = composer.stops()
    assert stops.index(composer.length) > stops.index(composer.speak), "as they stand"


def test_a_lane_that_was_put_away_comes_back_in_the_size_of_now(desk: Desk, shown: Any) -> None:
    centre = shown(Centre(desk), 1200, 600)
    desk.session.set_lanes(2)
    second = centre.lanes[1]
    desk.session.set_lanes(1)
    desk.prefs.set("spoken_size", 22.0)
    desk.session.set_lanes(2)
    assert centre.lanes[1] is second
    assert [each.text._size for each in centre.lanes] == [22.0, 22.0]
