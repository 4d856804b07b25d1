"""A lorebook is edited entry by entry; what is not shown stays as it was."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.dialogs.lore import LoreEditor

BOOK = (
    '{"name": "b", "scan_depth": 3, "entries": [{"keys": ["boat", "ship"], "content": "Sunk.", '
    '"x": 1.50}, "junk", {"comment": "lamp", "content": "Out.", "constant": true}]}'
)


def test_entries_are_changed_added_and_taken_out(shown: Any) -> None:
    made = shown(LoreEditor(BOOK))
    assert made._names.stringList() == ["boat", "lamp"]
    assert made.text() == BOOK, "nothing was changed"
    made.keys.selectAll()
    QTest.keyClicks(made.keys, "boat, raft")
    made.list.setCurrentIndex(made._names.index(1))
    assert (made.content.toPlainText(), made.always.isChecked()) == ("Out.", True)
    made.always.click()
    made.add.click()
    QTest.keyClicks(made.name, "the door")
    made.content.setPlainText("It is shut.")
    book = json.loads(made.text())
    assert (book["scan_depth"], book["entries"][1]) == (3, "junk")
    boat, lamp, door = (each for each in book["entries"] if isinstance(each, dict))
    assert boat == {"keys": ["boat", "raft"], "content": "Sunk.", "x": 1.5}
    assert lamp == {"comment": "lamp", "content": "Out.", "constant": False}
    assert (door["name"], door["content"], door["keys"]) == ("the door", "It is shut.", [])
    made.remove.click()
    assert made._names.stringList() == ["boat", "lamp"]
    assert len(json.loads(made.text())["entries"]) == 3


def test_an_empty_book_begins_with_nothing_to_edit(shown: Any) -> None:
    made = shown(LoreEditor(""))
    assert made.text() == ""
    assert not made.name.isEnabled()
    assert not made.remove.isEnabled()
    QTest.keyClick(made.add, Qt.Key.Key_Space)
    assert made.name.isEnabled()
    assert json.loads(made.text())["entries"][0]["enabled"] is True


def test_what_a_field_does_not_show_is_kept_when_another_one_is_typed_in(shown: Any) -> None:
    keys = [f"key {at}" for at in range(20_000)]
    entry = {"name": "n" * 50_000, "keys": keys, "content": "Sunk."}
    made = shown(LoreEditor(json.dumps({"entries": [entry]})))
    assert made.keys.document().blockCount() < 1_000
    assert made.keys.height() < made.height()
    made.content.setFocus()
    QTest.keyClick(made.content, Qt.Key.Key_A)
    assert json.loads(made.text())["entries"] == [{**entry, "content": "aSunk."}]
    made.keys.setFocus()
    QTest.keyClick(made.keys, Qt.Key.Key_A)
    assert json.loads(made.text())["entries"][0]["keys"] == ["akey 0", *keys[1:]]
