from __future__ import annotations

from typing import Any

from stage.ui.widgets.notice import Notice


def test_it_is_seen_when_something_is_said_and_offers_the_way_back(shown: Any) -> None:
    made = shown(Notice("Undo"), 400)
    acted: list[bool] = []
    made.acted.connect(lambda: acted.append(True))
    made.say("It is in the bin.")
    made.act.click()
    assert acted == [True]
    made.say("It cannot be done.", able=False)
    assert not made.act.isVisible()
    made.away.click()
    assert not made.isVisible()
