from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from stage.director.events import Changed, Changes
from stage.play.line import Kind
from stage.ui.composer import Composer
from stage.ui.desk import Desk
from tests.ui.helpers import Part


def test_who_is_next_stands_out_and_can_be_chosen(desk: Desk, part: Part, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 160)
    chips = composer._chips
    assert [chip.text() for chip in chips.values()] == ["Ada", "Ben", "Guest"]
    assert chips["guest"].isChecked()
    assert "round robin" in composer._reason.text()
    assert composer.fan.isEnabled(), "people are passed over, as by the key"
    assert composer.fan.toolTip() == "Ada speaks, the next one whom a model plays."
    chips["ada"].click()
    assert desk.session.picked == "ada"
    assert chips["ada"].isChecked()
    assert not chips["guest"].isChecked()
    assert composer.chosen_chip() is chips["ada"]
    composer.takes.set_value(6)
    composer.fan.click()
    assert part.turns()[0].takes == 6
    assert not composer.speak.isEnabled()
    assert composer.speak.toolTip() == "A line is still being said."
    assert composer.stop.isEnabled()


def test_typed_words_are_said_and_only_then_go(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    composer = shown(Composer(desk), 900, 160)
    composer.words.setPlainText("Good evening.")
    assert desk.session.saved.of_play("p")["draft"] == "Good evening."
    composer.speak.click()
    assert composer.words.toPlainText() == "Good evening."
    loop.until(lambda: not composer.words.toPlainText())
    assert ("say", "b1", "guest", "Good evening.") in part.asked
    assert desk.session.saved.of_play("p")["draft"] == ""


def test_one_types_as_anybody(desk: Desk, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 160)
    composer.meant.who.activated.emit(composer.meant.who.findData("ben"))
    assert desk.session.typing_as == "ben"
    assert "Ben" in composer.words.placeholderText()


def test_a_scene_of_one_model_says_why_both_is_off(desk: Desk, part: Part, shown: Any) -> None:
    one = replace(part.play, scene=replace(part.play.scene, models={"base": "stage-base"}))
    composer = shown(Composer(desk), 900, 160)
    desk.session.show(one)
    assert not composer.both.isEnabled()
    assert composer.both.toolTip() == "This scene has one model."


def test_shortcuts_stand_beside_their_buttons_where_there_is_room(desk: Desk, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 160)
    assert all(hint.isVisible() for hint in composer._hints.labels.values())
    composer.resize(520, 160)
    assert not any(hint.isVisible() for hint in composer._hints.labels.values())


def test_the_place_for_words_grows_and_stops_growing(desk: Desk, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 300)
    low = composer.words.height()
    composer.words.setPlainText("row\n" * 4)
    middle = composer.words.height()
    composer.words.setPlainText("row\n" * 40)
    assert low < middle < composer.words.height() < 300


def test_a_kind_and_who_hears_it_go_with_the_words(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    composer = shown(Composer(desk), 900, 200)
    assert not composer.meant.ears.isVisible()
    composer.meant.kinds.setCurrentIndex(composer.meant.kinds.findData(Kind.THOUGHT))
    composer._refresh()
    assert not composer.meant.ears.isVisible(), "a thought is heard by nobody else"
    composer.meant.kinds.setCurrentIndex(composer.meant.kinds.findData(Kind.WHISPER))
    composer._refresh()
    assert composer.meant.ears.isVisible()
    assert composer.meant.ears.currentData() == "ada", "a whisper is for one other"
    composer.meant.ears.setCurrentIndex(composer.meant.ears.findData("ben"))
    composer.words.setPlainText("Come here.")
    composer.act()
    said = ("say", "b1", "guest", "Come here.", Kind.WHISPER, ("ben",))
    loop.until(lambda: said in part.asked)


def test_the_cast_follows_the_line_one_stands_on(desk: Desk, part: Part, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 200)
    play = part.play
    change = {"cast:ada": {"actor": {"kind": "human"}, "label": "Adele"}}
    play.tree.add(replace(play.tree["a"], labels=change))
    part.told.fire(Changed(Changes.TREE, "p", ("a",)))
    assert [chip.text() for chip in composer._chips.values()] == ["Adele", "Ben", "Guest"]
    assert desk.session.member("ada").human  # type: ignore[union-attr]
    assert composer.fan.toolTip() == "Ben speaks, the next one whom a model plays."


def test_enter_speaks_where_it_is_preferred(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    composer = shown(Composer(desk), 900, 160)
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClicks(composer.words, "One")
    QTest.keyClick(composer.words, Qt.Key.Key_Return)
    assert composer.words.toPlainText() == "One\n"
    desk.prefs.set("enter_speaks", True)
    QTest.keyClick(composer.words, Qt.Key.Key_Return, shift)
    assert composer.words.toPlainText().count("\n") == 2
    QTest.keyClicks(composer.words, "two")
    QTest.keyClick(composer.words, Qt.Key.Key_Return)
    loop.until(lambda: not composer.words.toPlainText())
    assert [each for each in part.asked if each[0] == "say"] == [
        ("say", "b1", "guest", "One\n\ntwo")
    ]


def test_undo_is_the_plays_where_nothing_was_typed(desk: Desk, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 160)

    def takes_undo() -> bool:
        control, override = Qt.KeyboardModifier.ControlModifier, QEvent.Type.ShortcutOverride
        event = QKeyEvent(override, Qt.Key.Key_Z, control)
        event.ignore()
        QCoreApplication.sendEvent(composer.words, event)
        return event.isAccepted()

    assert not takes_undo()
    QTest.keyClicks(composer.words, "One")
    assert takes_undo()
    composer.words.clear()
    assert not takes_undo()


def test_the_kind_goes_with_the_draft_and_is_plain_again_once_it_was_said(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    composer = shown(Composer(desk), 900, 200)
    composer.words.setPlainText("Come here.")
    composer.meant.begin(Kind.WHISPER, "ben")
    composer.meant.changed.emit()
    saved = json.loads(json.dumps(desk.session.saved.of_play("p")))
    desk.session.saved.put_play("p", **saved)  # as it is read from its file
    again = shown(Composer(desk), 900, 200)
    assert (again.meant.kind, again.meant.to) == (Kind.WHISPER, "ben")
    again.act()
    loop.until(lambda: not again.words.toPlainText())
    assert (again.meant.kind, again.meant.to) == (None, None)
    assert desk.session.saved.of_play("p")["draft kind"] is None


def test_escape_leaves_the_field_unless_there_is_something_to_stop(
    desk: Desk, part: Part, shown: Any
) -> None:
    composer = shown(Composer(desk), 900, 200)
    wanted: list[str] = []
    desk.wishes.action.connect(wanted.append)
    QTest.keyClick(composer.words, Qt.Key.Key_Escape)
    assert wanted == ["transcript"]
    assert composer.words.leaves
    desk.session.pick("ada")
    desk.turns.speak()
    assert not composer.words.leaves, "Escape stops the line"


def test_the_switch_for_answers_is_the_plays(desk: Desk, part: Part, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 200)
    assert not composer.answers.isChecked()
    composer.answers.click()
    assert desk.answering.on
    desk.answering.switch(False)
    assert not composer.answers.isChecked()
