"""The text cursor of a transcript counts where it was put, and is seen when keys move it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.lanes.transcript import Transcript
from tests.ui.lanes.test_transcript import entry

Key = Qt.Key


@pytest.fixture
def text(shown: Any) -> Transcript:
    made: Transcript = shown(Transcript(), 500, 400)
    made.chosen.connect(lambda line: made.choose(line))
    made.show_entries([entry(1, "One two.\nThree."), entry(2, "Four \U0001f469 five.")])
    made.setFocus()
    return made


def test_it_is_nowhere_until_keys_put_it_into_the_chosen_line(text: Transcript) -> None:
    assert text.cursorWidth() == 0
    assert [text.caret.point(line) for line in "12"] == [-1, -1]
    text.choose("1")
    QTest.keyClick(text, Key.Key_Right)
    QTest.keyClick(text, Key.Key_Right)
    assert text.cursorWidth() > 0
    assert [text.caret.point(line) for line in "12"] == [2, -1]
    QTest.keyClick(text, Key.Key_Down)
    assert text.caret.point("1") == 9 + 2


def test_it_goes_past_the_names_of_speakers_and_chooses(text: Transcript) -> None:
    heard: list[str] = []
    text.chosen.connect(heard.append)
    text.choose("1")
    QTest.keyClick(text, Key.Key_Down)
    QTest.keyClick(text, Key.Key_Down)
    assert heard == ["2"]
    assert text.caret.point("2") == 0
    for _ in range(7):
        QTest.keyClick(text, Key.Key_Right)
    assert text.caret.point("2") == 7, "code points, not units"
    QTest.keyClick(text, Key.Key_Home)
    QTest.keyClick(text, Key.Key_Left)
    assert heard == ["2", "1"]
    assert text.caret.point("1") == len("One two.\nThree.")
    for _ in range(3):
        QTest.keyClick(text, Key.Key_Up)
    assert heard == ["2", "1"], "above the first line there is nothing"
    assert text.caret.point("1") >= 0


def test_it_is_where_a_token_begins_that_is_looked_at(text: Transcript) -> None:
    text.caret.show_at("1", 4, 7)
    assert text.caret.point("1") == 4
    QTest.keyClick(text, Key.Key_Right)
    text.caret.show_at("1", 4, 7)  # the same token, told again
    assert text.caret.point("1") == 5
    text.caret.show_at("2", 5, 6)
    assert text.caret.point("2") == 5


def test_it_is_nowhere_again_where_its_line_went(text: Transcript) -> None:
    text.caret.show_at("2", 5, 6)
    text.show_entries([entry(1, "One two.\nThree.")])
    text.show_entries([entry(1, "One two.\nThree."), entry(2, "Four \U0001f469 five.")])
    assert [text.caret.point(line) for line in "12"] == [-1, -1]
    text.caret.show_at("1", 4, 7)
    text.show_entries([entry(0), entry(1, "One two.\nThree.")])
    assert text.caret.point("1") in (4, -1), "never elsewhere"
