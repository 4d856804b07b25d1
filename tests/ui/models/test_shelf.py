"""The model files on the shelf."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtTest import QAbstractItemModelTester

from stage.director.shelving import Shelved
from stage.engine.shelf.card import describe
from stage.ui.delegates.rows import ASIDE, BELOW
from stage.ui.models.shelf import ShelfModel
from tests.engine.helpers import write_gguf


def test_a_model_and_what_is_none(qapp: Any, tmp_path: Path) -> None:
    card = describe(write_gguf(tmp_path / "one.gguf"))
    model = ShelfModel(lambda path: "ready")
    tester = QAbstractItemModelTester(model)
    good = Shelved(Path(card.path), card, card.kind, bytes=8_900_000)
    bad = Shelved(Path("/x/page.gguf"), sentence="page.gguf is a web page, not a model.")
    model.show([good, bad])
    assert model.index(0).data() == card.name
    assert "8.9 MB · one.gguf" in str(model.index(0).data(BELOW))
    assert model.index(0).data(ASIDE) == "ready"
    assert model.index(1).data(ASIDE) == "cannot be played"
    assert model.index(1).data(BELOW) == bad.sentence
    told: list[Any] = []
    model.dataChanged.connect(lambda *_: told.append(1))
    model.show([good, bad])
    assert told
    assert (model.row_of(bad.path), model.row_of(Path("none"))) == (1, -1)
    assert tester is not None
