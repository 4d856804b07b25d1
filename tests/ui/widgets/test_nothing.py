from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton

from stage.ui.widgets.nothing import Either, Nothing


def test_one_sentence_and_one_action(shown: Any) -> None:
    made = shown(Nothing(), 500, 300)
    wanted: list[str] = []
    made.wanted.connect(wanted.append)
    made.say("<b>The bin</b> is empty.")
    assert not made.act.isVisible()
    assert made.findChild(QLabel).text() == "<b>The bin</b> is empty."
    made.say("No play.", "Begin one.", "New play", "new")
    assert made.act.accessibleName() == "New play"
    made.act.click()
    made.say("Nobody.", act="Ask")
    made.act.click()
    assert wanted == ["new", ""]
    assert made.accessibleName() == "Nobody."


def test_a_page_or_what_is_said_instead(shown: Any) -> None:
    page = QPushButton("page")
    either = shown(Either(page), 500, 300)
    assert page.isVisible()
    assert not either.nothing.isVisible()
    either.say_no_play()
    assert either.nothing.isVisible()
    assert not page.isVisible()
    assert either.nothing.accessibleName().startswith("No play is open.")
    either.show_page()
    assert page.isVisible()


def test_what_did_not_work_can_be_tried_again(shown: Any) -> None:
    either = shown(Either(QPushButton("page")), 500, 300)
    said = list[str]()
    either.nothing.wanted.connect(said.append)
    either.nothing.again.connect(lambda: said.append("again"))
    either.say_unread("The disk has a fault.")
    assert "The disk has a fault." in either.nothing.accessibleName()
    either.nothing.act.click()
    assert said == ["again"]
    either.say_no_play()
    either.nothing.act.click()
    assert said == ["again", "new"]


def test_who_had_the_keyboard_keeps_it(shown: Any) -> None:
    page = QPushButton("page")
    either = shown(Either(page), 500, 300)
    page.setFocus()
    either.say("Reading ...")
    assert either.nothing.hasFocus(), "there is nothing to press"
    either.show_page()
    assert page.hasFocus()
    either.say_no_play()
    assert either.nothing.act.hasFocus()
