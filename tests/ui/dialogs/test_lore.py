"""A lorebook is edited entry by entry; what is not shown stays as it was."""

from __future__ import annotations

import copy
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from stage.ui.delegates.rows import BELOW
from stage.ui.dialogs.lore import LoreEditor
from stage.ui.widgets.begins import stops_in

BOOK = {
    "name": "b", "scan_depth": 3, "entries": [
        {"keys": ["boat", "ship"], "content": "Sunk.", "x": 1.50}, "junk",
        {"comment": "lamp", "content": "Out.", "constant": True},
    ],
}  # fmt: skip


def names(made: LoreEditor) -> list[str]:
    return [made.rows.index(at).data() for at in range(made.rows.rowCount())]


def test_entries_are_changed_added_and_taken_out(shown: Any) -> None:
    given = copy.deepcopy(BOOK)
    made = shown(LoreEditor(given))
    fields = made.form.fields
    assert names(made) == ["boat", "lamp"]
    assert made.book() is given, "nothing was changed"
    QAbstractItemModelTester(made.rows, made)
    fields["keys"].selectAll()
    QTest.keyClicks(fields["keys"], "boat, raft")
    made.list.choose(1)
    assert (fields["content"].toPlainText(), fields["constant"].isChecked()) == ("Out.", True)
    fields["constant"].click()
    made.add.click()
    QTest.keyClicks(fields["name"], "the door")
    fields["content"].setPlainText("It is shut.")
    book = made.book()
    assert (book["scan_depth"], book["entries"][1]) == (3, "junk")
    boat, lamp, door = (each for each in book["entries"] if isinstance(each, dict))
    assert boat == {"keys": ["boat", "raft"], "content": "Sunk.", "x": 1.5}
    assert lamp == {"comment": "lamp", "content": "Out.", "constant": False}
    assert (door["name"], door["content"], door["keys"]) == ("the door", "It is shut.", [])
    assert names(made) == ["boat", "lamp", "the door"]
    made.remove.click()
    assert names(made) == ["boat", "lamp"]
    assert len(made.book()["entries"]) == 3
    assert given == BOOK, "a version of a card is never changed"


def test_an_empty_book_begins_with_nothing_to_edit(shown: Any) -> None:
    made = shown(LoreEditor({}))
    assert made.book() == {}
    assert not made.form.fields["name"].isEnabled()
    assert not made.remove.isEnabled()
    QTest.keyClick(made.add, Qt.Key.Key_Space)
    assert made.form.fields["name"].isEnabled()
    assert made.book()["entries"][0]["enabled"] is True


def test_what_a_field_does_not_show_is_kept_when_another_one_is_typed_in(shown: Any) -> None:
    keys = [f"key {at}" for at in range(20_000)]
    entry = {"name": "n" * 50_000, "keys": keys, "content": "Sunk."}
    made = shown(LoreEditor({"entries": [entry]}))
    keyed, content = made.form.fields["keys"], made.form.fields["content"]
    assert keyed.document().blockCount() < 1_000
    assert keyed.height() < made.height()
    content.setFocus()
    QTest.keyClick(content, Qt.Key.Key_A)
    assert made.book()["entries"] == [{**entry, "content": "aSunk."}]
    keyed.setFocus()
    QTest.keyClick(keyed, Qt.Key.Key_A)
    assert made.book()["entries"][0]["keys"] == ["akey 0", *keys[1:]]


def test_of_very_many_entries_the_others_are_shared(shown: Any) -> None:
    entries = [{"name": f"n{at}", "keys": [], "content": "x"} for at in range(20_000)]
    made = shown(LoreEditor({"entries": entries}))
    made.list.choose(19_999)
    made.form.fields["content"].setPlainText("y")
    after = made.book()["entries"]
    assert after[19_999] == {"name": "n19999", "keys": [], "content": "y"}
    assert all(one is other for one, other in zip(entries[:-1], after[:-1], strict=True))


def test_the_rest_is_shown_in_place_and_comes_by_tab(shown: Any) -> None:
    made = shown(LoreEditor(BOOK))
    assert made.form.rest.isHidden()
    QTest.keyClick(made.form.more, Qt.Key.Key_Space)
    assert made.form.rest.isVisible()
    fields = made.form.fields
    QTest.keyClicks(fields["second"], "sea, /storm{1,2}/i")
    assert fields["logic"].isEnabled()
    assert fields["logic"].currentText() == "any of them, too"
    fields["logic"].setCurrentIndex(1)
    fields["logic"].activated.emit(1)
    assert not fields["depth"].isEnabled(), "it is told beside the card"
    fields["place"].setCurrentIndex(2)
    fields["place"].activated.emit(2)
    fields["depth"].setText("2")
    fields["order"].setText("30")
    boat = made.book()["entries"][0]
    assert (boat["secondary_keys"], boat["selective"]) == (["sea", "/storm{1,2}/i"], True)
    assert boat["extensions"] == {"selectiveLogic": 3, "position": 4, "depth": 2}
    assert (boat["insertion_order"], boat["x"]) == (30, 1.5)
    stops = [each for each in stops_in(made) if each.isEnabled()]
    reached, at = [made.list], made.list.nextInFocusChain()
    while at is not made.list:
        reached.append(at)
        at = at.nextInFocusChain()
    assert set(stops) <= set(reached)
    assert reached.index(fields["second"]) < reached.index(fields["depth"])
    assert reached.index(fields["pattern"]) < reached.index(made.keep)
    QTest.keyClick(made.form.more, Qt.Key.Key_Space)
    assert made.form.rest.isHidden()
    assert all(each.accessibleName() for each in fields.values())


def test_what_cannot_be_is_said_in_one_sentence_and_not_kept(shown: Any) -> None:
    made = shown(LoreEditor(BOOK))
    made.form.more.click()
    made.form.fields["order"].setText("first")
    assert made.wrong.text() == "The order 'first' is no number; write one such as 100."
    assert not made.keep.isEnabled()
    assert made.book() is BOOK
    made.form.fields["order"].setText("1")
    assert made.keep.isEnabled()
    assert made.wrong.isHidden()
    assert made.book()["entries"][0]["insertion_order"] == 1
    made.form.fields["scan"].setText("-1")
    made.list.choose(1)
    assert made.keep.isEnabled(), "the other entry is as it was"


def test_rows_of_a_text_that_count_more_are_told_of(shown: Any) -> None:
    made = shown(LoreEditor({"entries": [{"keys": [], "content": "@@depth 2\nSunk."}, {}]}))
    made.form.more.click()
    assert "begin with @@ count more" in made.form._hint.text()
    assert made.rows.index(1).data(BELOW) == "nothing wakes it"
    made.list.choose(1)
    assert made.form._hint.isHidden()
