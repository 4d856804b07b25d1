from __future__ import annotations

from typing import Any

from stage.ui.widgets.nothing import Nothing


def test_one_sentence_and_one_action(shown: Any) -> None:
    made = shown(Nothing(), 500, 300)
    wanted: list[bool] = []
    made.wanted.connect(lambda: wanted.append(True))
    made.say("The bin is empty.")
    assert not made.act.isVisible()
    made.say("No play.", "Begin one.", "New play")
    made.act.click()
    assert wanted == [True]
    assert made.accessibleName() == "No play. Begin one."
