from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QMenu

from stage.play.line import Status
from stage.ui.desk.desk import Desk
from stage.ui.lanes.head import LaneHead, history, long_history
from stage.ui.lanes.lanes import HISTORIES
from tests.ui.helpers import Part


def choices(menu: QMenu) -> dict[str, Any]:
    return {action.text(): action for action in menu.actions() if action.text()}


def test_its_menu_changes_the_lane(desk: Desk, shown: Any) -> None:
    desk.session.set_lanes(2)
    head = shown(LaneHead(desk, 1), 500, 40)
    found = choices(head.menu())
    assert found["stage-chat"].isChecked()
    found["stage-base"].trigger()
    assert desk.session.lanes[1].model == "base"
    choices(head.menu())[long_history("frozen")].trigger()
    assert desk.session.lanes[1].history == "frozen"
    choices(head.menu())["Read as Markdown"].trigger()
    assert desk.session.lanes[1].read
    assert not desk.session.lanes[0].read
    choices(head.menu())["Close this lane"].trigger()
    assert len(desk.session.lanes) == 1


def test_it_says_which_history_the_lane_has(desk: Desk, shown: Any) -> None:
    desk.session.set_lanes(2)
    head = shown(LaneHead(desk, 0), 500, 40)
    desk.session.set_lane(0, history="shared")
    head.refresh()
    assert "shared with no other lane" in head._frame.text()
    desk.session.set_lane(1, history="shared")
    for kind in HISTORIES:
        desk.session.set_lane(0, history=kind)
        head.refresh()
        assert history(kind) in head._frame.text()


def test_the_last_lane_cannot_be_closed_and_rest_not_be_stopped(desk: Desk, shown: Any) -> None:
    found = choices(shown(LaneHead(desk, 0), 500, 40).menu())
    assert not found["Close this lane"].isEnabled()
    assert not found["Stop this lane"].isEnabled()


def test_a_lane_that_speaks_beside_others_has_its_own_stop(
    desk: Desk, part: Part, shown: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = [shown(LaneHead(desk, at), 300, 60) for at in (0, 1)]
    leaf = desk.session.leaf(0)
    assert leaf is not None
    part.play.tree.add(replace(leaf, status=Status.RUNNING, reason=None))
    desk.turns.busy_changed.emit()
    assert heads[0].stop.isHidden(), "with one lane the composer stops it"
    desk.session.set_lanes(2)
    heads[0].refresh()
    desk.turns.busy_changed.emit()
    assert heads[0].stop.isVisible()
    assert not heads[0].stop.geometry().intersects(heads[0].more.geometry())
    assert "Shift+Esc" in heads[0].stop.toolTip()
    stopped: list[int] = []
    monkeypatch.setattr(desk.turns, "stop_lane", stopped.append)
    heads[0].stop.click()
    assert stopped == [0]
    part.play.tree.add(leaf)
    desk.turns.busy_changed.emit()
    assert heads[0].stop.isHidden()


def test_lanes_side_by_side_have_heads_of_one_height(desk: Desk, shown: Any) -> None:
    desk.session.set_lanes(2)
    heads = [shown(LaneHead(desk, at), wide, 40) for at, wide in enumerate((700, 260))]
    assert len({head.height() for head in heads}) == 1
    desk.session.set_lanes(1)
    assert heads[0].height() < heads[0]._tall * 2 + 16
