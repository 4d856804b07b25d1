from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.play.naming import Names
from stage.ui.library.bygone import PastPage
from tests.ui.helpers import play
from tests.ui.models.test_happened import step


def test_a_past_state_is_read_with_a_way_back(shown: Any, qtbot: Any) -> None:
    page = shown(PastPage(15.5), 960, 500)
    looked: list[int] = []
    page.looked.connect(looked.append)
    assert page.body.nothing.isVisible()
    rows = [step(1, "play"), step(2, "line", text="First words."), step(3, "do", words="split")]
    page.show_history("A test", rows, Names(), ("Undo split", ""))
    assert (page.back.text(), page.forth.isVisible()) == ("Undo split", False)
    qtbot.waitUntil(lambda: looked == [3], timeout=20_000)
    page.show_past(play(), rows[2])
    assert page.banner.text().startswith("As it is now: 5 lines")
    assert not page.now.isVisible()
    page.list.setCurrentIndex(page.rows.index(1))
    qtbot.waitUntil(lambda: looked == [3, 2], timeout=20_000)
    then = play()
    then.tree.add(replace(then.tree["b2"], hidden=True))  # "c" stands under it
    page.show_past(then, rows[1])
    assert page.banner.text().startswith("As it was at ")
    assert ": 3 lines." in page.banner.text(), "deleted ones do not count"
    assert page.banner.text().endswith("Read only.")
    assert "First words." in page.text.toPlainText()
    before = page.text.toPlainText()
    page.text.switched.emit("b1" if "One." in before else "b2", 1)
    assert page.text.toPlainText() != before
    page.now.click()
    assert page.event_chosen() == rows[2]


def test_whoever_looks_at_what_is_now_goes_with_it(shown: Any, qtbot: Any) -> None:
    page = shown(PastPage(15.5), 960, 500)
    rows = [step(1, "play"), step(2, "line", text="First words.")]
    page.show_history("A test", rows, Names(), ("", ""))
    assert page.event_chosen() == rows[1]
    more = [*rows, step(3, "do", words="split")]
    page.show_history("A test", more, Names(), ("", ""))
    assert page.event_chosen() == more[2]
    page.list.setCurrentIndex(page.rows.index(1))
    more.append(step(4, "do", words="fold"))
    page.show_history("A test", more, Names(), ("", ""))
    assert page.event_chosen() == rows[1], "what was chosen stays"


def test_undo_and_redo_are_asked_for(shown: Any) -> None:
    page = shown(PastPage(15.5), 960, 500)
    steps: list[int] = []
    page.stepped.connect(steps.append)
    page.show_history("A test", [step(1, "play")], Names(), ("Undo x", "Redo y"))
    page.back.click()
    page.forth.click()
    assert steps == [-1, 1]
    page.hide()
