"""The shelf: files are looked at in batches, settled, and told apart from what is no model."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from stage.director import shelving
from stage.director.shelving import Shelved, Shelving
from stage.director.working import Stopped, Work
from stage.engine.orders import ModelState
from stage.engine.pool import Pool
from stage.kit.errors import BadInput
from stage.kit.tasks import spawn
from tests.engine.helpers import write_gguf


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelving:
    monkeypatch.setattr(shelving, "places", list)
    return Shelving(Pool(backend="echo"), tuple, tuple)


async def scanned(shelf: Shelving, *places: Path) -> list[Shelved]:
    return [each async for some in shelf.scan(Work(), places) for each in some]


def test_models_and_what_is_none_are_found_once(shelf: Shelving, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    model = write_gguf(tmp_path / "deep" / "one.gguf")
    (tmp_path / "page.gguf").write_text("<!doctype html>")
    os.symlink(model, tmp_path / "again.gguf")
    found = asyncio.run(scanned(shelf, tmp_path, model))
    cards = [each for each in found if each.card]
    (bad,) = [each for each in found if not each.card]
    assert len(cards) == 1
    assert "web page" in bad.sentence
    assert bad.bytes == len("<!doctype html>")


def test_a_scan_can_be_stopped(
    shelf: Shelving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelving, "_BATCH", 1)
    for name in "abc":
        write_gguf(tmp_path / f"{name}.gguf")

    async def run() -> None:
        work = Work()
        scan = shelf.scan(work, [tmp_path])
        assert len(await anext(scan)) == 1
        work.stop()
        with pytest.raises(Stopped):
            await anext(scan)

    asyncio.run(run())


def test_what_is_settled_shows_at_once_and_after_a_change_of_the_file(
    shelf: Shelving, tmp_path: Path
) -> None:
    async def run() -> None:
        file = write_gguf(tmp_path / "one.gguf")
        before = await shelf.look(file)
        assert before.settled == {}
        after = await shelf.settle(file, ["kind=chat", "cells=1024"])
        assert after.settled == {"kind": "chat", "cells": 1024}
        assert after.card is not None
        assert (after.card.kind, after.said) == ("chat", before.said)
        with pytest.raises(BadInput, match="cells"):
            await shelf.settle(file, ["cells=none"])
        assert (await shelf.settle(file, ["cells=auto"])).settled == {"kind": "chat"}
        file.write_bytes(b"no longer a model")
        assert (await shelf.look(file)).card is None

    asyncio.run(run())


def test_who_uses_a_model_is_told(tmp_path: Path) -> None:
    file = tmp_path / "one.gguf"
    play: Any = SimpleNamespace(
        id="p", scene=SimpleNamespace(title="A test"), models={"base": file, "other": Path("x")}
    )
    turn = SimpleNamespace(play=play, turn=SimpleNamespace(takes=4, models=("base", "other")))
    shelf = Shelving(Pool(backend="echo"), lambda: [play], lambda: [turn])  # type: ignore[list-item]
    (use,) = shelf.uses(file)
    assert (use.title, use.names, use.takes) == ("A test", ("base",), 4)
    assert shelf.uses(tmp_path / "two.gguf") == []


def test_a_model_is_loaded_stands_and_is_unloaded(shelf: Shelving, tmp_path: Path) -> None:
    async def run() -> None:
        file = write_gguf(tmp_path / "one.gguf")
        assert shelf.standing(file).state.phase == "closed"
        loading = spawn(shelf.load(file), name="test")
        await asyncio.sleep(0)
        assert shelf.standing(file).state.phase == "loading"
        await loading
        assert shelf.loaded() == [file]
        assert shelf.standing(file).capabilities is not None
        await shelf.unload(file)
        assert shelf.standing(file).state.phase == "closed"

    asyncio.run(run())


def test_a_loading_can_be_given_up(shelf: Shelving, tmp_path: Path) -> None:
    async def run() -> None:
        file, some = write_gguf(tmp_path / "load-slow"), asyncio.Event()

        def note(_path: str, state: ModelState) -> None:
            if state.progress:
                some.set()

        shelf._pool.changed.connect(note)
        loading = spawn(shelf.load(file), name="test")
        await some.wait()
        await shelf.unload(file)
        await loading
        assert shelf.loaded() == []
        assert shelf.standing(file).state.phase == "closed"

    asyncio.run(run())
