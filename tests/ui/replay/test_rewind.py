"""The scrubber at the foot: it stands at the end, and using it is replaying."""

from __future__ import annotations

from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.replay.rewind import Rewind
from stage.ui.replay.scrubber import STEPS
from stage.ui.window.window import Window
from tests.ui.helpers import Part


def test_it_stands_at_the_end_of_the_lane_and_reads_nothing(
    desk: Desk, part: Part, shown: Any
) -> None:
    bar = shown(Rewind(desk.reel), 400, 30)
    assert (bar._place.text(), bar.scrubber.value()) == ("2 of 2 · 1×", STEPS)
    desk.session.move(0, "c")
    assert bar._place.text() == "3 of 3 · 1×"
    assert not [each for each in part.asked if each[0] == "replay"]
    desk.session.show(None)
    assert bar._place.text() == ""
    assert not bar.scrubber.isEnabled()


def test_its_keys_lead_to_the_replay_and_move_it(desk: Desk, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    bar, player = window.foot.rewind, desk.reel.player
    desk.session.move(0, "c")
    bar.keys["back"].click()
    assert window.panes.at == "replay"
    assert not bar.isVisible(), "the replay has a scrubber of its own"
    loop.until(lambda: player.replay is not None and player.replay.counts == (2, 3))
    assert window.focusWidget() is window.panes.view("replay").text
    window.menus.do("view-stage")
    assert bar._place.text() == "2 of 3 · 1×", "it stands where the replay was left"
    bar.scrubber.setValue(0)
    assert window.panes.at == "replay"
    assert player.replay.counts[0] == 1
    desk.session.move(0, "b3")
    assert bar._place.text() == "2 of 2 · 1×", "another branch, at its end"
