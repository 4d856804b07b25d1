from __future__ import annotations

from typing import Any

from stage.ui.widgets.blank import Blank


def test_one_sentence_and_one_thing_to_do_or_none(shown: Any) -> None:
    blank = shown(Blank(), 300, 200)
    blank.say("<b>Nothing</b> is here.", "Begin")
    assert blank.sentence.text() == "<b>Nothing</b> is here."
    assert blank.button.isVisible()
    assert blank.button.accessibleName() == "Begin"
    blank.say("Still nothing.")
    assert not blank.button.isVisible()
