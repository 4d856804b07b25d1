"""Commands are offered once a slash is typed, for the keyboard and for a screen reader."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QVBoxLayout, QWidget

from stage.play.cast import Cast
from stage.ui.composer import offering
from stage.ui.composer.commands import USUAL, commands
from stage.ui.composer.composer import Composer
from stage.ui.composer.offering import ROWS
from stage.ui.desk.desk import Desk
from stage.ui.dress import theme
from tests.ui.helpers import Part


@pytest.fixture
def composer(desk: Desk, shown: Any, loop: Any) -> Composer:
    window = QWidget()
    made = Composer(desk, window)
    column = QVBoxLayout(window)
    column.addStretch(1)
    column.addWidget(made)
    shown(window, 900, 600)
    window.activateWindow()
    made.words.setFocus()
    return made


def offered(composer: Composer) -> list[str]:
    rows = composer.offering.rows
    return [rows.data(rows.index(at)) for at in range(rows.rowCount())] * composer.offering.shown


def press(composer: Composer, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(composer.words, key)


def typed(composer: Composer) -> str:
    return composer.words.toPlainText()


def test_a_slash_offers_what_there_is_the_usual_first(composer: Composer) -> None:
    QTest.keyClicks(composer.words, "/")
    assert offered(composer)[: len(USUAL)] == [f"/{each}" for each in USUAL]
    box = composer.offering.box
    assert box is not None
    assert box.geometry().bottom() < composer.mapTo(composer.window(), composer.words.pos()).y()
    rows = box.findChild(QListView)
    assert rows.height() >= ROWS * rows.sizeHintForRow(0)
    assert rows.accessibleName() == "Commands"
    QTest.keyClicks(composer.words, "re")
    assert "/regenerate" in offered(composer)
    assert "/reroll" in offered(composer), "a word that another program has for it"
    assert all(each.startswith("/re") for each in offered(composer))
    QTest.keyClicks(composer.words, "gx")
    assert offered(composer) == []
    press(composer, Qt.Key.Key_Backspace)
    assert offered(composer) == ["/regenerate"]


def test_every_command_says_what_it_does() -> None:
    assert commands("sys")[0] == ("sys", "Tell what happens")
    assert commands("cont") == [("continue", "Go on with the line")]
    for letter in "abcdefghijklmnopqrstuvwxyz":
        assert all(what for _, what in commands(letter))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_keys_take_one(composer: Composer, key: Qt.Key) -> None:
    QTest.keyClicks(composer.words, "/")
    press(composer, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, key)
    assert typed(composer) == "/regenerate"
    assert offered(composer) == []
    assert composer.words.hasFocus()
    assert composer.words.textCursor().atEnd()
    QTest.keyClicks(composer.words, " x")
    assert typed(composer) == "/regenerate x"


def test_escape_puts_it_away_until_something_else_is_typed(composer: Composer) -> None:
    left: list[bool] = []
    composer.words.left.connect(lambda: left.append(True))
    QTest.keyClicks(composer.words, "/c")
    press(composer, Qt.Key.Key_Escape)
    assert (offered(composer), typed(composer), left) == ([], "/c", [])
    press(composer, Qt.Key.Key_Escape)
    assert left == [True], "it is its own again"
    QTest.keyClicks(composer.words, "o")
    assert "/comment" in offered(composer)


@pytest.mark.parametrize("text", [" /", "a/", "/sys The", "/1", "//"])
def test_other_words_offer_nothing(composer: Composer, text: str) -> None:
    QTest.keyClicks(composer.words, text)
    assert offered(composer) == []


def test_a_text_that_runs_on_has_no_commands(composer: Composer, desk: Desk, part: Part) -> None:
    members = [
        replace(each, actor=replace(each.actor, frame="prose")) if each.id == "ada" else each
        for each in part.play.scene.cast
    ]
    part.play.scene = replace(part.play.scene, cast=Cast(members))
    desk.session.type_as("ada")
    QTest.keyClicks(composer.words, "/")
    assert offered(composer) == []


def test_enter_that_speaks_does_a_command_that_is_typed_whole(
    composer: Composer, desk: Desk
) -> None:
    desk.settings = replace(desk.settings, enter_speaks=True)
    composer.words._settings = desk.settings
    wanted: list[str] = []
    desk.wishes.action.connect(wanted.append)
    QTest.keyClicks(composer.words, "/und")
    press(composer, Qt.Key.Key_Return)
    assert (typed(composer), wanted) == ("/undo", [])
    press(composer, Qt.Key.Key_Return)
    QTest.keyClicks(composer.words, "/undo")
    press(composer, Qt.Key.Key_Return)
    assert (typed(composer), wanted) == ("", ["undo", "undo"])


def test_it_goes_where_the_words_are_left(composer: Composer) -> None:
    QTest.keyClicks(composer.words, "/")
    composer.speak.setFocus()
    assert offered(composer) == []


def test_it_stands_in_the_window_that_the_words_stand_in(composer: Composer, shown: Any) -> None:
    QTest.keyClicks(composer.words, "/")
    other = QWidget()
    QVBoxLayout(other).addWidget(composer)
    shown(other, 700, 500)
    other.activateWindow()
    composer.words.setFocus()
    QTest.keyClicks(composer.words, "u")
    assert "/undo" in offered(composer)
    assert composer.offering.box is not None
    assert composer.offering.box.parentWidget() is other


def test_a_screen_reader_hears_what_one_would_take(
    composer: Composer, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda told: heard.append(told))
    monkeypatch.setattr(offering, "QAccessibleAnnouncementEvent", lambda _, said: said)
    QTest.keyClicks(composer.words, "/sy")
    assert heard[-1].startswith("/sys, Tell what happens, 1 of ")
    press(composer, Qt.Key.Key_Down)
    assert heard[-1].startswith("/system, System check, 2 of ")


def test_the_list_has_the_colours_of_now(composer: Composer, qapp: QApplication) -> None:
    for scheme in (theme.LIGHT, theme.DARK):
        theme.apply(qapp, "dark" if scheme is theme.DARK else "light")
        QTest.keyClicks(composer.words, "/")
        assert composer.offering.box is not None
        ground = composer.offering.box.findChild(QListView).viewport().grab().toImage()
        assert (
            ground.pixelColor(ground.width() // 2, ground.height() - 3).name()
            == QColor(scheme.window).name()
        )
        composer.words.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
