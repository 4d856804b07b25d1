"""The lens on any text, by keyboard, in a real window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from stage.ui.desk.desk import Desk
from stage.ui.lens.view import LensView
from tests.ui.helpers import Evening, scene

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_text_is_read_coloured_and_looked_at_by_keyboard(evening: Evening) -> None:
    evening.begin(scene())
    evening.window.menus.do("view-lens")
    view = evening.window.panes.view("lens")
    view.form.text.setFocus()
    QTest.keyClicks(view.form.text, "The lamp turns and turns.")
    view.form.models[1].setCurrentIndex(view.form.models[1].findText("stage-chat"))
    lines = len(evening.play.tree)
    evening.press(Qt.Key.Key_Return, CTRL)
    assert view.reading.running
    evening.loop.until(lambda: not view.reading.running, 60)
    evening.loop.until(lambda: "stage-chat" in view.facts.worth.text())
    assert len(evening.play.tree) == lines  # the stage's own Ctrl+Enter did nothing
    assert "stage-chat" in view.facts.worth.text()
    view.legend.by.setCurrentIndex(2)
    view.legend.by.activated.emit(2)
    evening.loop.until(lambda: any(each.hue for each in view.text.lens.tints("text")))
    signs = [each.hue for each in view.text.lens.tints("text")]
    view.text.setFocus()
    for _ in range(3):
        evening.press(Qt.Key.Key_Period)
    assert view.facts.about.text() == f"3 of {len(view.reading.reads[0].sight.tokens)}"
    assert view.facts.names.text() == "stage-base · stage-chat"
    evening.press(Qt.Key.Key_Return)
    assert view.facts.list.hasFocus()
    assert view.legend.which[1].isHidden()  # both cut it alike: nothing to turn
    view.legend.by.setCurrentIndex(0)
    view.legend.by.activated.emit(0)
    view.legend.which[1].click()
    view.legend.by.setCurrentIndex(2)
    view.legend.by.activated.emit(2)
    evening.loop.until(lambda: view._meeting.one is view.reading.reads[1].sight)
    evening.loop.until(lambda: any(each.hue for each in view.text.lens.tints("text")))
    assert [each.hue for each in view.text.lens.tints("text")] == signs  # the sides stay
    view.facts.json.click()
    evening.loop.until(lambda: '"tokens"' in QGuiApplication.clipboard().text())


def test_a_draft_is_kept_and_a_model_that_fails_is_a_card(
    desk: Desk, shown: Any, loop: Any
) -> None:
    made = shown(LensView(desk), 900, 600)
    assert not made.facts.tsv.isEnabled()
    made.form.text.set_text("A draft.")
    made.form.context.set_text("Above.")
    made.begin()
    loop.until(lambda: bool(made.cards))
    assert "not loaded" in made.cards[0].accessibleName()
    made.form.text.set_text("")
    made.cards[0].retried.emit()
    loop.until(lambda: bool(made.cards) and "no text" in made.cards[0].accessibleName())
    for choice in made.form.models:
        choice.clear()
    made.begin()
    assert "No model is chosen" in made.cards[0].accessibleName()
    made.form.offer()
    made.form.text.set_text("A draft.")
    again = shown(LensView(desk), 900, 600)
    assert again.form.pasted().text == "A draft."
    assert again.form.pasted().context == "Above."


def test_a_very_long_text_is_taken_in_and_read_in_parts(evening: Evening) -> None:
    evening.begin(scene())
    evening.window.menus.do("view-lens")
    view = evening.window.panes.view("lens")
    text = ("Somebody is on the stairs. " * 8000)[:200_000]
    data = QMimeData()
    data.setText(text)
    view.form.text.insertFromMimeData(data)
    assert view.form.pasted().text == text
    view.form.score.click()
    evening.loop.until(lambda: len(view.text.lens.tints("text")) > 200, 60)
    seen = view.text.script.placed[0].entry.text
    assert text.startswith(seen)
    assert 0 < len(seen) < len(text)
    assert not view.form.score.isEnabled()
    QTest.keyClick(view.text, Qt.Key.Key_Escape)
    evening.loop.until(lambda: not view.reading.running)
    evening.loop.until(lambda: "nats/token" in view.facts.worth.text())
    assert view.facts.tsv.isEnabled()


def test_ctrl_enter_reads_wherever_the_keyboard_is_and_lets_nobody_speak(evening: Evening) -> None:
    evening.begin(scene())
    evening.window.menus.do("view-lens")
    view = evening.window.panes.view("lens")
    view.form.text.set_text("The lamp turns.")
    lines = len(evening.play.tree)
    for where in (view.form.models[1], view.legend.by, view.form.score, view.text):
        where.setFocus()
        assert where.hasFocus()
        evening.press(Qt.Key.Key_Return, CTRL)
        assert view.reading.running
        evening.loop.until(lambda: not view.reading.running and bool(view.reading.sums), 60)
    assert len(evening.play.tree) == lines
    view._look(1)
    assert view.text._ink.marked[1]
    view.begin()
    assert not view.text._ink.marked[1]  # as the facts say: no token is looked at
    evening.loop.until(lambda: not view.reading.running, 60)
