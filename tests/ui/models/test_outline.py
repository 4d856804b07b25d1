"""The rows of the outline as Qt sees them."""

from __future__ import annotations

import random
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from stage.play.outline import Show, Stem
from stage.ui.models.outline import FACE, LINE, OutlineModel, Sayer, told

TREE = (("r", None), ("a", "r"), ("b", "a"), ("c", "a"), ("d", "b"), ("e", "c"), ("f", "c"))


@pytest.fixture
def rows(qapp: Any) -> OutlineModel:
    words = {each: f"Words of {each}" for each, _ in TREE}
    who = lambda member: ("Ada", 1) if member else ("Scene", 7)  # noqa: E731
    made = OutlineModel(Sayer(lambda line: words.get(line, ""), who, set(), set(), set()))
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    for order, (line, parent) in enumerate(TREE):
        made.outline.put(Stem(line, parent, order, speaker="ada" if parent else None))
    return made


def titles(rows: OutlineModel) -> list[str]:
    return [str(rows.index(at, 0).data()) for at in range(rows.rowCount())]


def test_a_row_says_all_that_is_known_of_it(rows: OutlineModel) -> None:
    rows.sayer.unread.add("d")
    rows.sayer.here |= {"a", "b"}
    marks = {"bookmark": True, "tag:good": {"scope": "node"}, "rating": 4, "note": "why"}
    rows.outline.put(Stem("b", "a", 2, speaker="ada", labels=marks))
    assert titles(rows) == [f"Words of {each}" for each in "abcef"]
    face = rows.index(1, 0).data(FACE)
    assert (face.line, face.depth, face.count, face.unread, face.here) == ("b", 1, 2, 1, True)
    assert (face.tags, face.rating, face.fold) == (("good",), 4, "")
    assert rows.index(2, 0).data(FACE).fold == "open"
    assert rows.index(1, 0).data(LINE) == "b"
    said = rows.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    for word in ("Ada", "Words of b", "bookmarked", "note", "#good", "rated 4 of 5", "1 unread",
                 "on stage", "depth 2", "2 lines"):  # fmt: skip
        assert word in said, word


def test_a_folded_row_stands_for_what_is_under_it(rows: OutlineModel) -> None:
    rows.sayer.running.add("f")
    rows.outline.put(Stem("c", "a", 3, speaker="ada", labels={"collapse": True, "chapter": "Out"}))
    face = rows.face(2)
    assert titles(rows) == ["Words of a", "Words of b", "Out"]
    assert (face.fold, face.count, face.running) == ("shut", 3, 1)
    assert "folded" in told(face)
    assert "still speaking" in told(face)


def test_siblings_say_what_model_said_them_where_there_are_several(rows: OutlineModel) -> None:
    for at, model in ((1, "base"), (2, "base"), (3, "chat")):
        line, parent = TREE[at]
        rows.outline.put(Stem(line, str(parent), at, speaker="ada", model=model))
    assert [rows.face(at).model for at in range(3)] == ["", "", ""], "one model: no news"
    rows.sayer.models = {"base": "One 7B", "chat": "Two 7B"}
    rows.forget()
    assert [rows.face(at).model for at in range(3)] == ["", "One 7B", "Two 7B"], "a has no sibling"
    assert "Ada, Two 7B, Words of c" in told(rows.face(2))


def test_the_row_above_a_row_is_that_which_it_branches_from(rows: OutlineModel) -> None:
    found = {rows.line(at): rows.line(rows.above(at)) for at in range(rows.rowCount())}
    parents = {line: rows.outline.get(line).above for line in found}  # type: ignore[union-attr]
    for line, above in found.items():
        parent = parents[line]
        standing = None if parent is None else rows.outline.standing(parent.stem.id)
        assert above == ("" if standing is None else standing.stem.id)
    assert any(found.values())
    assert rows.above(-1) == rows.above(10_000) == -1
    looked = set(rows._faces)
    rows.above(rows.rowCount() - 1)
    assert set(rows._faces) == looked, "no row between them is put together for that"


def test_a_line_that_comes_is_one_insertion(rows: OutlineModel) -> None:
    heard: list[tuple[int, int]] = []
    rows.rowsInserted.connect(lambda parent, first, last: heard.append((first, last)))
    rows.outline.put(Stem("g", "a", 9))
    assert heard == [(5, 5)]
    assert rows.line(5) == "g"
    assert rows.line(9) == ""


def test_any_changes_keep_the_model_sound(rows: OutlineModel) -> None:
    """The tester watches every signal, and the rows stay those of a fresh look."""
    dice, ids = random.Random(5), [each for each, _ in TREE]
    for number in range(150):
        old = rows.outline.get(dice.choice(ids[1:]))
        assert old is not None
        labels = dice.choice(({}, {}, {"collapse": True}, {"bookmark": True}, {"archive": True}))
        if number % 3:
            ids.append(f"x{number:03}")
            rows.outline.put(Stem(ids[-1], dice.choice(ids[-8:-1]), number + 10))
        else:
            rows.outline.put(old.stem._replace(labels=labels, hidden=dice.random() < 0.2))
        if number % 50 == 0:
            rows.outline.look(Show(chains=bool(number % 100)))
            rows.renew([row for page in rows.outline.pages() for row in page])
    shown = [rows.line(at) for at in range(rows.rowCount())]
    assert shown == [row.stem.id for page in rows.outline.pages() for row in page]
    rows.repaint()
    rows.clear()
    assert rows.rowCount() == 0
