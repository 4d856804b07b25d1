"""The table of plays: sorted, filtered, and lazy about what takes longer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from stage.director.records import PlayFacts, PlayRow
from stage.ui.models.catalogue import BRANCHES, CHANGED, ID, LINES, MARK, MODELS, TITLE, Catalogue

ROWS = [
    PlayRow("a", "Beta", 0.0, 30.0, 5, None),
    PlayRow("b", "alpha", 0.0, 20.0, 50, None, archived=True),
    PlayRow("c", "Gamma", 0.0, 10.0, 7, None),
    PlayRow("d", "Delta", 0.0, 5.0, 7, None, discarded=True),
]


def ids(model: Catalogue) -> list[str]:
    return [str(model.index(at, 0).data(ID)) for at in range(model.rowCount())]


def test_it_is_sorted_and_keeps_what_is_put_away_apart(qapp: Any) -> None:
    model = Catalogue()
    tester = QAbstractItemModelTester(model)
    model.show(ROWS)
    assert ids(model) == ["a", "c"]
    assert model.put_away() == 1
    model.show_archived(True)
    assert ids(model) == ["a", "b", "c"]
    model.sort(TITLE)
    assert ids(model) == ["b", "a", "c"]
    assert model.index(0, TITLE).data(MARK) == "archived"
    model.sort(LINES, Qt.SortOrder.DescendingOrder)
    assert ids(model) == ["b", "c", "a"]
    model.sort(BRANCHES)
    assert ids(model) == ["b", "c", "a"]
    model.sort(CHANGED)
    assert ids(model) == ["c", "b", "a"]
    assert model.row_of("a") == 2
    assert (model.row_of("d"), model.row(9)) == (-1, None)
    assert tester is not None


def test_facts_are_asked_for_once_and_only_for_what_is_seen(qapp: Any, qtbot: Any) -> None:
    model = Catalogue()
    model.show([PlayRow(f"p{at}", f"Play {at}", 0.0, float(at), 1, None) for at in range(10_000)])
    asked: list[list[str]] = []
    model.unknown.connect(asked.append)
    for row in range(20):
        assert model.index(row, BRANCHES).data() == ""
        model.index(row, MODELS).data()
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    assert asked == [[f"p{9999 - at}" for at in range(20)]]
    model.learn({"p9999": PlayFacts(3, ("/a/stage-base.gguf", "stage-chat"))})
    assert model.index(0, BRANCHES).data() == "3"
    assert model.index(0, MODELS).data() == "stage-base, stage-chat"
    rows = [PlayRow("p9999", "Play", 0.0, 20_000.0, 2, None)]
    model.show(rows)
    assert model.index(0, BRANCHES).data() == "3"  # until the new one is known
    qtbot.waitUntil(lambda: len(asked) == 2, timeout=20_000)
    assert asked[1] == ["p9999"]


def test_plays_of_one_title_are_told_apart_by_when_they_began(qapp: Any) -> None:
    model = Catalogue()
    model.show([PlayRow("x", "One", 1e9, 2.0, 3, None, deleted=2), PlayRow("y", "One", 1.1e9, 1.0,
                3, None, archived=True), PlayRow("z", "Two", 1.2e9, 0.5, 3, None)])  # fmt: skip
    model.show_archived(True)
    marks = [model.index(at, 0).data(MARK) for at in range(3)]
    assert marks[2] is None
    assert str(marks[1]).endswith(", archived")
    assert "2001" in str(marks[0])
    assert "2004" in str(marks[1])
    assert "3, 2 in the bin" in model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
