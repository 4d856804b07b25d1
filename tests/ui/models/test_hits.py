"""What was found, as rows that go on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from stage.director.librarian import Found
from stage.director.records import Hit, PlayRow
from stage.ui.models.hits import HIT, Hits, header


def found(at: int, **more: Any) -> Found:
    given: dict[str, Any] = {
        "id": f"l{at}", "play": "p", "title": "The stairs", "speaker": "Ada", "model": "base",
        "kind": "speech", "text": f"line {at}", "made": 0.0, "stop": None, "hidden": False,
    } | more  # fmt: skip
    return Found(Hit(**given), None, "One 7B" if given["model"] else "")


def test_plays_come_first_and_more_lines_are_added_below(qapp: Any) -> None:
    model = Hits()
    tester = QAbstractItemModelTester(model)
    play, resets = PlayRow("p", "The stairs", 0, 0, 3, None), []
    model.modelReset.connect(lambda: resets.append(1))
    model.show([play], [found(1)])
    assert [model.index(at).data() for at in range(2)] == ["The stairs", "line 1"]
    model.show([play], [found(1), found(2)])
    assert (model.rowCount(), len(resets)) == (3, 1)
    assert model.index(2).data(HIT) == found(2)
    said = model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Ada · One 7B · The stairs: line 2"
    model.show([], [])
    assert model.rowCount() == 0
    assert tester is not None


def test_the_header_names_who_where_and_whether_it_is_hidden() -> None:
    assert header(found(1, model=None, hidden=True)) == "Ada · typed · The stairs · in the bin"
    assert header(found(1, speaker=None)).startswith("Scene")
