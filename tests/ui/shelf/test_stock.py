"""The shelf without widgets: scanned, judged, loaded, and told as it changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stage.director import shelving
from stage.director.shelving import Judged
from stage.engine.shelf.memory import Estimate
from stage.kit.errors import KnownError
from stage.ui.shelf.stock import Stock
from tests.engine.helpers import write_gguf


@pytest.fixture
def stock(stacks: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stock:
    monkeypatch.setattr(shelving, "places", list)
    desk = stacks.desk
    desk.prefs.set("watched", [str(tmp_path / "m")])
    (tmp_path / "m").mkdir()
    return Stock(desk.director, desk.bridge, desk.prefs, desk.session)


def rest(stock: Stock, loop: Any) -> None:
    loop.until(lambda: not stock.scanning)


def test_places_are_scanned_again_when_there_are_others(
    stock: Stock, stacks: Any, loop: Any, tmp_path: Path
) -> None:
    write_gguf(tmp_path / "m" / "b.gguf", None)
    (tmp_path / "m" / "a.gguf").write_bytes(b"nothing")
    stock.scan()
    stock.scan()  # meanwhile: it begins anew
    rest(stock, loop)
    loop.until(lambda: len(stock.shelved) == 2)
    assert [each.path.name for each in stock.shelved] == ["b.gguf", "a.gguf"]
    alone = write_gguf(tmp_path / "alone.gguf")
    stock.watch([str(alone)])
    rest(stock, loop)
    assert stock.get(alone) is not None
    stacks.desk.prefs.set("watched", [])
    rest(stock, loop)
    loop.until(lambda: stock.shelved == [])


def test_a_model_is_judged_once_until_something_changes(
    stock: Stock, stacks: Any, loop: Any, tmp_path: Path
) -> None:
    asked: list[Path] = []
    made = Judged(Estimate(1, "f16", 1, 1, 1, 1, 1, 1, 1, 1), None, True)

    async def judge(path: Path) -> Judged:
        asked.append(path)
        return made

    stacks.director.shelving.judge = judge
    file = write_gguf(tmp_path / "m" / "a.gguf")
    stock.judge(file)
    loop.until(lambda: stock.judged(file) == made)
    stock.judge(file)
    stock.settle(file, "cells=512")
    loop.until(lambda: stock.get(file) is not None)
    assert stock.judged(file) is None
    stock.judge(file)
    loop.until(lambda: len(asked) == 2)
    stock.settle(file, "cells=nonsense")
    loop.until(lambda: "cells" in stock.failed(file))


def test_loading_fails_in_words_and_can_be_forgiven(
    stock: Stock, loop: Any, tmp_path: Path
) -> None:
    file = write_gguf(tmp_path / "m" / "a.gguf")
    told: list[str] = []
    stock.told.connect(told.append)
    stock.load(file)
    loop.until(lambda: stock.standing(file).state.phase == "ready")
    assert str(file) in told
    assert stock.uses(file) == []
    stock.unload(file)
    loop.until(lambda: stock.standing(file).state.phase == "closed")


def test_what_cannot_be_loaded_is_told(stock: Stock, stacks: Any, loop: Any) -> None:
    async def load(path: Path) -> None:
        raise KnownError("It needs 9 GB but only 1 GB of memory are free.")

    stacks.director.shelving.load = load
    stock.load(Path("x"))
    loop.until(lambda: "9 GB" in stock.failed(Path("x")))
    stock.forgive(Path("x"))
    assert stock.failed(Path("x")) == ""
