"""A field takes a text of any length and gives it back as it was typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stage.ui.lanes.verbatim import LONGEST
from stage.ui.widgets import typed
from stage.ui.widgets.typed import Typed
from tests.ui.helpers import dropped
from tests.ui.lanes.hostile import HOSTILE

pytestmark = pytest.mark.usefixtures("in_slices")
Key, Move = Qt.Key, QTextCursor.MoveOperation
# What Qt's own fields make of them: they are no text that one types.
TYPED = {name: text for name, text in HOSTILE.items() if name != "controls"}


@pytest.fixture
def field(shown: Any) -> Typed:
    return shown(Typed(), 400, 200)  # type: ignore[no-any-return]


def stand(field: Typed, at: int) -> None:
    cursor = field.textCursor()
    cursor.setPosition(at)
    field.setTextCursor(cursor)


def mime(text: str) -> QMimeData:
    made = QMimeData()
    made.setText(text)
    return made


@pytest.mark.parametrize("name", TYPED)
def test_a_text_is_given_back_as_it_was_set_pasted_and_taken_back(
    name: str, field: Typed, loop: Any
) -> None:
    text = TYPED[name]
    field.setPlainText(text)
    assert field.toPlainText() == text  # before all of it is there
    loop.until(lambda: not field._slices.busy, 30)
    assert field.toPlainText() == text
    rows = field.document()
    block = rows.begin()
    while block.isValid() and block.blockNumber() < 500:
        assert block.length() <= 2 * LONGEST + 3
        block = block.next()
    field.clear()
    field.insertFromMimeData(mime(text))
    assert field.toPlainText() == text
    loop.until(lambda: not field._slices.busy, 30)
    field.undo()
    assert field.toPlainText() == ""
    field.redo()
    assert field.toPlainText() == text


def test_many_rows_come_in_parts(field: Typed, loop: Any) -> None:
    counts: list[int] = []
    field.document().contentsChange.connect(lambda at, gone, come: counts.append(come))
    field.setPlainText("| a | b |\n" * 20_000)
    assert field.document().blockCount() < 20_000
    loop.until(lambda: not field._slices.busy, 30)
    assert max(counts) <= 12 * typed.STEP
    assert typed.REST not in field.document().toRawText()


@pytest.mark.parametrize("row", ["", "| a | b |", "some more words than that " * 5])
def test_very_many_rows_share_blocks_which_are_not_long(row: str, field: Typed, loop: Any) -> None:
    text = "\n".join([row] * 50_000)
    field.insertFromMimeData(mime(text))
    loop.until(lambda: not field._slices.busy, 30)
    assert field.toPlainText() == text
    assert field.document().blockCount() <= 1 + 50_000 / typed.SHARE + 4 * len(text) / LONGEST
    block = field.document().begin()
    while block.isValid():
        assert block.length() <= LONGEST + 1
        block = block.next()


def test_rows_of_a_block_are_typed_in_like_others(field: Typed, loop: Any) -> None:
    rows = [f"row {at}" for at in range(3 * typed.MANY)]
    field.setPlainText("\n".join(rows))
    loop.until(lambda: not field._slices.busy, 30)
    stand(field, 0)
    for key in (Key.Key_Down, Key.Key_End, Key.Key_A, Key.Key_Down, Key.Key_Home, Key.Key_B):
        QTest.keyClick(field, key)
    rows[1:3] = ["row 1a", "brow 2"]
    assert field.toPlainText() == "\n".join(rows)
    for key in (Key.Key_Left, Key.Key_Backspace, Key.Key_Return, Key.Key_Return):
        QTest.keyClick(field, key)
    rows.insert(2, "")
    assert field.toPlainText() == "\n".join(rows)
    cursor = field.textCursor()
    cursor.movePosition(Move.Down, QTextCursor.MoveMode.KeepAnchor, 2)
    field.setTextCursor(cursor)
    assert field.createMimeDataFromSelection().text() == "brow 2\nrow 3\n"


def test_another_text_may_come_while_one_is_poured_in(field: Typed, loop: Any) -> None:
    field.setPlainText("row\n" * 20_000)
    field.setPlainText("short")
    assert field.toPlainText() == "short"
    field.setPlainText("row\n" * 20_000)
    stand(field, 0)
    QTest.keyClick(field, Key.Key_A)
    QTest.keyClick(field, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # not yet
    assert field.toPlainText() == "a" + "row\n" * 20_000
    loop.until(lambda: not field._slices.busy, 30)
    assert field.toPlainText() == "a" + "row\n" * 20_000


def cut_field(field: Typed) -> tuple[str, int]:
    """A field with one row that is cut, and where the second part begins, after its sign."""
    text = "".join(chr(97 + at % 26) for at in range(LONGEST + 500))
    field.setPlainText(text)
    return text, LONGEST + 2


def test_where_a_row_was_cut_one_types_and_takes_back_as_anywhere(field: Typed) -> None:
    text, second = cut_field(field)
    stand(field, second)
    QTest.keyClick(field, Key.Key_Backspace)
    assert field.toPlainText() == text[: LONGEST - 1] + text[LONGEST:]

    text, second = cut_field(field)
    stand(field, second - 1)  # before the sign: no caret stands there
    assert field.textCursor().position() == second
    QTest.keyClicks(field, "Q")
    assert field.toPlainText() == text[:LONGEST] + "Q" + text[LONGEST:]

    text, second = cut_field(field)
    stand(field, second - 2)
    QTest.keyClick(field, Key.Key_Delete)  # only the cut goes; nothing of the text is changed
    assert field.toPlainText() == text
    QTest.keyClicks(field, "Q")
    assert field.toPlainText() == text[:LONGEST] + "Q" + text[LONGEST:]

    text, second = cut_field(field)
    stand(field, second)
    QTest.keyClick(field, Key.Key_Return)
    assert field.toPlainText() == text[:LONGEST] + "\n" + text[LONGEST:]
    QTest.keyClick(field, Key.Key_Backspace)
    assert field.toPlainText() == text


def test_a_selection_over_a_cut_is_copied_and_replaced(field: Typed) -> None:
    text, second = cut_field(field)
    stand(field, LONGEST - 3)
    cursor = field.textCursor()
    cursor.setPosition(second + 3, QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    assert field.createMimeDataFromSelection().text() == text[LONGEST - 3 : LONGEST + 3]
    field.insertFromMimeData(mime("-"))
    assert field.toPlainText() == text[: LONGEST - 3] + "-" + text[LONGEST + 3 :]


def test_a_row_that_grows_long_is_cut(field: Typed) -> None:
    field.setPlainText("x" * LONGEST)
    for _ in range(6):
        field.moveCursor(Move.End)
        field.insertFromMimeData(mime("y" * (LONGEST - 1)))
    assert field.toPlainText() == "x" * LONGEST + "y" * 6 * (LONGEST - 1)
    block = field.document().begin()
    while block.isValid():
        assert block.length() <= 2 * LONGEST + 2
        block = block.next()


def test_nothing_that_is_named_is_taken_in(field: Typed) -> None:
    data = mime("<img src='/dev/zero'>")
    data.setHtml("<img src='/dev/zero'>")
    field.insertFromMimeData(data)
    assert field.toPlainText() == "<img src='/dev/zero'>"


def test_words_are_taken_and_files_are_left(shown: Any, tmp_path: Path) -> None:
    box = shown(Typed(), 200, 80)
    assert not dropped(box.viewport(), tmp_path / "a.json")
    mime = QMimeData()
    mime.setText("Once")
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, button, keys)
    QApplication.sendEvent(box.viewport(), enter)
    assert enter.isAccepted()
