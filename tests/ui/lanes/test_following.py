from __future__ import annotations

from typing import Any

from stage.ui.lanes.following import NEAR
from stage.ui.lanes.transcript import Transcript
from tests.ui.lanes.test_transcript import entry


def test_near_the_end_is_the_end_and_further_up_is_not(shown: Any) -> None:
    made = shown(Transcript(), 400, 300)
    made.show_entries([entry(at, "Words. " * 20) for at in range(20)], to_end=True)
    bar = made.verticalScrollBar()
    bar.setValue(bar.maximum() - NEAR)
    assert made.follower.near_end()
    bar.setValue(bar.maximum() - NEAR - 1)
    assert not made.follower.near_end()


def test_a_reader_who_comes_back_to_the_end_is_followed_again(shown: Any) -> None:
    made = shown(Transcript(), 400, 300)
    made.show_entries([entry(at, "Words. " * 20) for at in range(20)], to_end=True)
    made.follower.let_go()
    assert not made.follower.near_end()
    bar = made.verticalScrollBar()
    bar.setValue(bar.maximum() - 200)
    bar.setValue(bar.maximum())
    assert made.follower.near_end()


def test_what_leads_to_the_end_goes_when_the_end_is_in_sight(shown: Any) -> None:
    made = shown(Transcript(), 400, 300)
    made.show_entries([entry(at, "Words. " * 20) for at in range(20)], to_end=True)
    bar = made.verticalScrollBar()
    bar.setValue(0)
    made.follower.after(False)
    assert made.follower.newest.isVisible()
    bar.setValue(bar.maximum() - NEAR)
    assert not made.follower.newest.isVisible()
