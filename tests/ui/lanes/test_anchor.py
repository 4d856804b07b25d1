"""A play reopens where it was read: kept by the line at the top, forgotten at the end."""

from __future__ import annotations

from typing import Any

from stage.ui.lanes.lane import LaneView
from tests.ui.helpers import Part, desk_of, line, play


def long_play() -> Any:
    made = [line("l0", "r", "Words. " * 40)]
    for number in range(1, 40):
        made.append(line(f"l{number}", made[-1].id, "Words. " * 40, order=number + 1))
    return play(*made)


def test_a_lane_is_read_on_where_it_was_left(shown: Any, loop: Any) -> None:
    part = Part(long_play())
    desk = desk_of(part)
    desk.session.show(part.play)
    lane = shown(LaneView(desk, 0), 500, 400)
    loop.until(lambda: lane.text.follower.near_end())
    bar = lane.text.verticalScrollBar()
    lane.text.follower.let_go()
    bar.setValue(bar.maximum() // 2)
    top = lane.text.visible_lines()[0]
    saved = desk.session.saved
    loop.until(lambda: saved.of_play("p").get("read at") == {"0": top})

    later = desk_of(part, saved)
    later.session.show(part.play)
    again = shown(LaneView(later, 0), 460, 420)
    loop.until(lambda: again.text.visible_lines()[0] == top)
    again._anchor._keep()
    assert saved.of_play("p").get("read at") == {"0": top}, "reopened again and again it stays"
    again.text.follower.jump()
    loop.until(lambda: saved.of_play("p").get("read at") == {})


def test_ones_own_words_are_seen_wherever_one_had_read(shown: Any, loop: Any) -> None:
    part = Part(long_play())
    desk = desk_of(part)
    desk.session.show(part.play)
    lane = shown(LaneView(desk, 0), 500, 400)
    loop.until(lambda: lane.text.follower.near_end())
    bar = lane.text.verticalScrollBar()
    lane.text.follower.let_go()
    bar.setValue(0)
    desk.turns.typed.emit()
    assert lane.text.follower.near_end()
