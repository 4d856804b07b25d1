"""What lies in the bin."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from stage.director.librarian import Lying
from stage.director.records import PlayRow
from stage.kit import clock
from stage.store.library import Binned
from stage.ui.delegates.rows import ASIDE, BELOW, ID
from stage.ui.models.lying import LyingModel


def test_plays_and_lines_say_how_they_came_here(qapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: 7200.0)
    model = LyingModel()
    tester = QAbstractItemModelTester(model)
    line = Binned("l", "ada", "base", "speech", "Two\nrows", 3, "x", 3600.0, "split of Ada's line")
    play = PlayRow("p", "The stairs", 0.0, 0.0, 12, None, discarded=True)
    model.put([play, Lying("q", "The sea", line, None)])
    assert [model.index(at).data(ID) for at in range(2)] == ["p", "l"]
    assert model.index(0).data(BELOW) == "a whole play · 12 lines"
    assert model.index(1).data() == "Two rows"
    below = str(model.index(1).data(BELOW))
    assert below.startswith("The sea · with 3 lines under it · stands under another")
    assert below.endswith("Split of Ada's line")
    assert model.index(1).data(ASIDE) == "1 hour ago"
    assert model.row(1) is not None
    assert model.row(2) is None
    assert tester is not None
