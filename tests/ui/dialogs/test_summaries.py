"""Summaries: what they stand for, a new one, another text, none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.play.line import Kind
from stage.ui.dialogs.summaries import Summaries
from tests.ui.helpers import line, play


def test_a_new_one_tells_which_lines_it_would_stand_for(qapp: Any) -> None:
    made = play()
    made.tree.add(line("c", "b1", "And then?", order=9))
    dialog = Summaries(made, "c")
    assert dialog.summary is None
    dialog.last.setCurrentIndex(dialog.last.findData("c"))
    dialog.last.activated.emit(dialog.last.currentIndex())
    assert dialog.stands.toPlainText().splitlines() == [
        "Ada: First words.", "Ben: One.", "Ada: And then?",
    ]  # fmt: skip
    assert "3 lines" in dialog.about.text()
    dialog.last.setCurrentIndex(dialog.last.findData("a"))
    dialog.last.activated.emit(dialog.last.currentIndex())
    assert "fewer than two" in dialog.about.text()
    assert not dialog.keep.isEnabled()
    dialog.last.setCurrentIndex(dialog.last.findData("b1"))
    dialog.last.activated.emit(dialog.last.currentIndex())
    dialog.keep.click()  # without a text its model writes it
    assert dialog.asked == ("summarise", "c", {"member": "Ada", "last": "b1"})
    dialog.deleteLater()


def test_one_that_stands_is_worded_anew_or_dropped(qapp: Any) -> None:
    made = play()
    summed = line("s", "b1", "They met.", model=None, reason=None, kind=Kind.NARRATION, order=9)
    made.tree.add(replace(summed, labels={"summary": ["a", "b1"]}))
    dialog = Summaries(made, "s")
    assert dialog.summary is not None
    assert dialog.stands.toPlainText().splitlines() == ["Ada: First words.", "Ben: One."]
    assert not dialog.keep.isEnabled()
    dialog.text.setPlainText("They met at night.")
    dialog.keep.click()
    assert dialog.asked == ("edit", "s", {"text": "They met at night.", "onward": True})
    dialog.drop.click()
    assert dialog.asked == ("delete", "s", {"only": True})
    dialog.deleteLater()
