"""Find in a path: what lines say, round and round, and said when there is none."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from stage.ui.lanes import findbar
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.findbar import FindBar
from stage.ui.lanes.finding import MOST, look
from stage.ui.lanes.transcript import Transcript

SAID = ("The lamp turns.", "Ada counts the lamps, lamp by lamp.", "Nothing.")


@pytest.fixture
def bar(shown: Any) -> FindBar:
    text: Transcript = shown(Transcript(), 500, 300)
    text.show_entries(
        [Entry(str(at), "Lamp", 0, "typed", "", said) for at, said in enumerate(SAID)]
    )
    made = FindBar(text, text.choose)
    made.begin()
    return made


def test_places_are_counted_and_gone_through(bar: FindBar) -> None:
    QTest.keyClicks(bar.field, "LAMP")
    assert bar.count.text() == "1 of 4"  # names are not looked into
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == "2 of 4"
    assert bar._text._chosen == "1"
    assert not bar.geometry().contains(bar._text.cursorRect().center())
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    bar.before.click()
    assert bar.count.text() == "4 of 4"
    bar.after.click()
    assert (bar.count.text(), bar._text._chosen) == ("1 of 4", "0")
    assert len(bar._text.extraSelections()) == 4


def test_many_places_are_counted_in_whole_figures(bar: FindBar) -> None:
    entries = [placed.entry for placed in bar._text.script.placed]
    many = "lamp " * (MOST + 9)
    bar._text.show_entries([*entries, Entry("9", "Ben", 1, "typed", "", many)])
    QTest.keyClicks(bar.field, "lamp")
    assert bar.count.text() == f"1 of {MOST}+", "more than are counted"
    bar.step(-1)
    QCoreApplication.processEvents()
    wide = bar.count.fontMetrics().horizontalAdvance(bar.count.text())
    assert bar.count.width() >= wide
    assert bar.rect().contains(bar.close_it.geometry())


def test_nothing_found_is_said_and_escape_ends(bar: FindBar) -> None:
    QTest.keyClicks(bar.field, "harbour")
    assert bar.count.text() == "not here"
    assert not bar.after.isEnabled()
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert bar._text.extraSelections() == []


def test_what_comes_is_counted_too(bar: FindBar, qtbot: Any) -> None:
    QTest.keyClicks(bar.field, "nothing")
    assert bar.count.text() == "1 of 1"
    entries = [placed.entry for placed in bar._text.script.placed]
    bar._text.show_entries([*entries, Entry("9", "Ben", 1, "typed", "", "Nothing again.")])
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 2", timeout=20_000)
    bar._text.resize(300, 300)
    assert bar.geometry().right() <= bar._text.viewport().geometry().right()


def test_a_long_path_is_looked_through_in_slices_and_another_word_ends_that(
    bar: FindBar, qtbot: Any, monkeypatch: pytest.MonkeyPatch, in_slices: None
) -> None:
    held = [True]

    def long(*given: Any) -> Any:
        while held:
            yield
        return (yield from look(*given))

    monkeypatch.setattr(findbar, "look", long)
    bar.field.setText("lamp")
    assert bar.count.text() == "looking ..."
    assert not bar.after.isEnabled()
    bar.step(1)
    bar.field.setText("ada")
    held.clear()
    qtbot.waitUntil(lambda: not bar._looking.busy, timeout=20_000)
    assert (bar.count.text(), bar._text._chosen) == ("1 of 1", "1")
    held.append(True)
    bar.field.setText("lamp")
    bar.end()
    held.clear()
    QCoreApplication.processEvents()
    assert not bar._looking.busy


def test_a_place_that_went_meanwhile_is_not_gone_to(bar: FindBar) -> None:
    QTest.keyClicks(bar.field, "nothing")
    entries = [placed.entry for placed in bar._text.script.placed]
    bar._text.show_entries(entries[:1])
    bar.step(1)
