"""What happened, the last of it first."""

from __future__ import annotations

from typing import Any

from PySide6.QtTest import QAbstractItemModelTester

from stage.director.records import Happened
from stage.play.naming import Names
from stage.ui.delegates.rows import BELOW
from stage.ui.models.happened import HappenedModel


def step(event: int, kind: str, **more: Any) -> Happened:
    given: dict[str, Any] = {
        "line": None, "speaker": None, "model": None, "operation": "", "words": "", "text": "",
    } | more  # fmt: skip
    return Happened(event, 0.0, kind, **given)


def test_every_kind_of_step_has_words(qapp: Any) -> None:
    model = HappenedModel()
    tester = QAbstractItemModelTester(model)
    rows = [
        step(1, "play"),
        step(2, "line", text="One\ntwo", speaker="ada", model="base"),
        step(3, "do", operation="split", words="split of Ada's line"),
        step(4, "undo", operation="line"),
        step(5, "redo", operation="split", words="split of Ada's line"),
        step(6, "purge"),
        step(7, "line"),
    ]
    names = Names(titles={"base": "One 7B"})
    model.show(rows, names)
    said = [model.index(at).data() for at in range(7)][::-1]
    assert said[:4] == [
        "The play begins", "One two", "Split of Ada's line", "Undone: line of the scene",
    ]  # fmt: skip
    assert said[4:] == ["Done again: split of Ada's line", "Purged", "A line of the scene"]
    assert str(model.index(5).data(BELOW)).endswith("One 7B")
    kept, resets = model.row(0), []
    model.modelReset.connect(lambda: resets.append(1))
    model.show([*rows, step(8, "play")], names)
    assert (model.row(1), resets) == (kept, [])
    assert tester is not None
