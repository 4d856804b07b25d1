"""Commands as SillyTavern has them: done, never said; what only looks like one is refused."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QTest

from stage.play.line import Kind
from stage.ui.composer.commands import obey
from stage.ui.composer.composer import Composer
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part


@pytest.mark.parametrize(
    ("typed", "action"),
    [("/continue", "resume"), ("/regenerate ", "again"), ("/undo", "undo"), ("/swipe", "again")],
)
def test_a_command_does_an_action(
    desk: Desk, part: Part, shown: Any, typed: str, action: str
) -> None:
    composer = shown(Composer(desk), 900, 200)
    wanted: list[str] = []
    desk.wishes.action.connect(wanted.append)
    QTest.keyClicks(composer.words, typed)
    composer.act()
    assert wanted == [action]
    assert composer.words.toPlainText() == ""
    assert not [each for each in part.asked if each[0] == "say"]


@pytest.mark.parametrize("typed", ["/con", "/continue slowly", "/sys", "/me waves"])
def test_what_is_no_command_is_refused_and_stays(
    desk: Desk, part: Part, shown: Any, typed: str, loop: Any
) -> None:
    composer = shown(Composer(desk), 900, 200)
    refused: list[str] = []
    desk.turns.failed.connect(lambda at, sentence, turn: refused.append(sentence))
    QTest.keyClicks(composer.words, typed)
    composer.act()
    loop.settle()
    assert typed.split()[0] in refused[0]
    assert composer.words.toPlainText() == typed
    assert not [each for each in part.asked if each[0] == "say"]


@pytest.mark.parametrize("typed", [" /con", "/home/guest is where I live", "/Con", "1/2"])
def test_other_words_are_said(desk: Desk, part: Part, shown: Any, loop: Any, typed: str) -> None:
    composer = shown(Composer(desk), 900, 200)
    QTest.keyClicks(composer.words, typed)
    composer.act()
    loop.until(lambda: not composer.words.toPlainText())
    assert [each[3] for each in part.asked if each[0] == "say"] == [typed.strip()]


def test_words_for_the_narrator(desk: Desk, shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    composer = shown(Composer(desk), 900, 200)
    said: list[Any] = []
    monkeypatch.setattr(desk.turns, "say", lambda *given: said.append(given))
    QTest.keyClicks(composer.words, "/sys The lamp goes out.")
    composer.act()
    assert said == [("The lamp goes out.", Kind.NARRATION)]


def test_words_of_a_command_may_have_any_number_of_blanks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pattern that tries every run of them from each of its blanks would not come to an end."""
    said: list[str] = []
    monkeypatch.setattr(desk.turns, "say", lambda text, *_: said.append(text))
    words = "The lamp" + " " * 200_000 + "goes out."
    assert obey(desk, f"/sys  {words} \n", lambda: None)
    assert said == [words]
