from __future__ import annotations

from typing import Any

from stage.ui.replay.player import Player
from stage.ui.replay.transport import Transport, clock
from tests.ui.replay.test_player import replay


def test_its_keys_move_the_player_and_it_says_where(shown: Any) -> None:
    player = Player()
    bar = shown(Transport(player), 700, 40)
    assert not bar.keys["play"].isEnabled()
    player.load(replay())
    assert bar.place.text() == "line 2 of 2 · 0:00 of 0:00"
    bar.keys["begin"].click()
    assert bar.scrubber.value() == 0
    bar.keys["token on"].click()
    bar.keys["token on"].click()
    assert player.token() is not None
    bar.keys["line on"].click()
    assert bar.place.text().startswith("line 2")
    bar.keys["line back"].click()
    assert bar.place.text().startswith("line 1")


def test_play_becomes_rest_while_it_runs(shown: Any) -> None:
    player = Player()
    bar = shown(Transport(player), 700, 40)
    player.load(replay())
    bar.keys["play"].click()
    assert bar.keys["play"].accessibleName() == "Rest"
    bar.keys["play"].click()
    assert bar.keys["play"].accessibleName() == "Play"


def test_dragging_goes_there_and_a_speed_is_chosen(shown: Any) -> None:
    player = Player()
    bar = shown(Transport(player), 700, 40)
    player.load(replay())
    bar.scrubber.setValue(0)
    assert player.seconds == 0.0
    bar.speed.setCurrentIndex(0)
    bar.speed.activated.emit(0)
    assert player.speed == 0.25


def test_a_clock() -> None:
    assert [clock(each) for each in (0.4, 61, 3600)] == ["0:00", "1:01", "60:00"]
