"""Where one's own words are typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from stage.director.opened import OpenPlay
from stage.director.wardrobe import text_scene
from stage.play.tree import Tree
from stage.ui.composer.composer import Composer
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part, line


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


def test_escape_never_leaves_the_field_where_enter_speaks(desk: Desk, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 200)
    wanted: list[str] = []
    desk.wishes.action.connect(wanted.append)
    desk.prefs.set("enter_speaks", True)
    QTest.keyClick(composer.words, Qt.Key.Key_Escape)
    QTest.keyClicks(composer.words, "I stand up.")
    assert (wanted, composer.words.toPlainText()) == ([], "I stand up.")


def test_words_that_go_on_a_text_bring_the_blank_that_it_lacks_and_are_kept_as_typed(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    scene = text_scene("Once upon", {"base": "stage-base"})
    me = scene.cast.members[0].id
    root = line("r", None, speaker=None, order=0)
    tree = Tree([root, line("a", "r", "Once upon", me, model=None, reason=None)])
    part.play = OpenPlay("p", scene, "2026-01-01", 7, tree, {})
    desk.session.show(part.play)
    composer = shown(Composer(desk), 900, 200)
    loop.settle()
    QTest.keyClicks(composer.words, "a time ")
    assert composer.words.toPlainText() == " a time "
    for _ in " a time ":
        QTest.keyClick(composer.words, Qt.Key.Key_Backspace)
    QTest.keyClicks(composer.words, "a time ")  # the blank was taken away: a word may go on, too
    assert composer.words.toPlainText() == "a time "
    composer.speak.click()
    loop.until(lambda: not composer.words.toPlainText())
    assert ("say", "a", me, "a time ") in part.asked
    QTest.keyClicks(composer.words, "there")
    assert composer.words.toPlainText() == "there", "the text ends with a blank of its own"


def test_the_place_for_words_grows_and_stops_growing(desk: Desk, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 300)
    low = composer.words.height()
    composer.words.setPlainText("row\n" * 4)
    middle = composer.words.height()
    composer.words.setPlainText("row\n" * 40)
    assert low < middle < composer.words.height() < 300


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


def test_a_file_that_is_dropped_is_no_text(desk: Desk, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 160)
    mime = QMimeData()
    mime.setText("words")
    assert composer.words.canInsertFromMimeData(mime)
    mime.setUrls([QUrl.fromLocalFile("/a/card.png")])
    assert not composer.words.canInsertFromMimeData(mime), "it is left to the window"
