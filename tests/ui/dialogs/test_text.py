from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from stage.ui.desk.desk import Desk
from stage.ui.dialogs.text import AskText
from stage.ui.window.window import Window
from tests.ui.dialogs.test_opening import open_dialog
from tests.ui.helpers import Part


def test_a_page_is_plain_text_and_ctrl_enter_keeps_it(shown: Any) -> None:
    made = shown(AskText("Note", "About", "<b>x</b>", page=True))
    assert made.text() == "<b>x</b>"
    QTest.keyClicks(made.field, "y")
    QTest.keyClick(made.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert made.result() == QDialog.DialogCode.Accepted.value
    assert made.text() == "<b>x</b>y"


def test_what_is_asked_becomes_an_operation(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    desk.session.choose("a")
    for action, typed, wanted in (
        ("name", "good", ("do", "chapter", {"text": "good", "line": "a"})),
        ("edit", " Other.", ("do", "edit", {"text": "First words. Other.", "line": "a"})),
        ("note", "why", ("do", "note", {"text": "why", "line": "a"})),
    ):
        window.menus.do(action)
        dialog = open_dialog(window, AskText, loop)
        assert isinstance(dialog, AskText)
        QTest.keyClicks(dialog.field, typed)
        dialog.keep.click()
        loop.until(lambda wanted=wanted: wanted in part.asked)
        loop.settle()
    window.menus.do("note")
    open_dialog(window, AskText, loop).reject()
    loop.settle()
    assert len([each for each in part.asked if each[0] == "do"]) == 3


def test_an_edit_may_keep_what_follows_and_the_choice_is_remembered(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    window = shown(Window(desk), 1100, 700)
    desk.session.choose("a")
    for at in range(2):
        window.menus.do("edit")
        dialog = open_dialog(window, AskText, loop)
        assert isinstance(dialog, AskText)
        assert dialog.also.isVisible()
        assert dialog.also.isChecked() == bool(at)
        dialog.also.setChecked(True)
        dialog.keep.click()
        loop.until(lambda many=at: len([each for each in part.asked if each[0] == "do"]) > many)
        loop.settle()
    given = [each[2] for each in part.asked if each[0] == "do"]
    assert [each["onward"] for each in given] == [True, True]
    desk.session.choose("b1")
    window.menus.do("edit")
    dialog = open_dialog(window, AskText, loop)
    assert not dialog.also.isVisible(), "nothing follows it"
    dialog.reject()
    loop.settle()
