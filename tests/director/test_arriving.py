"""What a file is, by its content."""

from __future__ import annotations

import asyncio
import os
import zipfile
from pathlib import Path

import pytest

from stage.director.arriving import Sort, look_into, sort_of
from stage.director.wardrobe import shipped
from stage.formats.cards import as_png
from stage.kit.errors import BadInput, KnownError
from stage.store.library import Library
from tests.engine.helpers import write_gguf
from tests.store.making import stock

LOOM = '{"nodes": {}, "parentId": null, "generating": null}'


def sort(file: Path) -> Sort:
    return asyncio.run(sort_of(file))


async def library(file: Path) -> None:
    made = await Library.open(file)
    await stock(made)
    await made.close()


def test_everything_stage_reads_is_known_whatever_it_is_called(tmp_path: Path) -> None:
    card = shipped("personas")[0].read_text()
    given = {
        "play": shipped("plays")[0].read_bytes(),
        "loom.png": LOOM.encode(),
        "card": card.encode(),
        "card.toml": as_png(card, None),
    }
    for name, data in given.items():
        (tmp_path / name).write_bytes(data)
    with zipfile.ZipFile(tmp_path / "card.zip", "w") as made:
        made.writestr("card.json", card)
    asyncio.run(library(tmp_path / "other.stage"))
    write_gguf(tmp_path / "model")
    found = {each.name: sort(each) for each in (*tmp_path.iterdir(), shipped("scenes")[0])}
    found.pop("other.stage.lock", None)
    assert found == {
        "play": Sort.PLAY, "loom.png": Sort.PLAY, "card": Sort.CARD, "card.toml": Sort.CARD,
        "card.zip": Sort.CARD, "other.stage": Sort.LIBRARY, "model": Sort.MODEL,
        shipped("scenes")[0].name: Sort.SCENE,
    }  # fmt: skip
    assert sort(tmp_path) is Sort.MODEL, "a folder is one of models"
    assert asyncio.run(look_into(tmp_path / "other.stage")).plays == 1


def test_what_it_cannot_use_is_said_in_a_sentence(tmp_path: Path) -> None:
    given = {
        "empty": b"", "a.gguf": b"GGUF\x03", "web.gguf": b"<html>", "x.db": b"SQLite format 3\0",
        "text": b"Once.", "tables.json": b'{"rows": []}',
    }  # fmt: skip
    for name, data in given.items():
        (tmp_path / name).write_bytes(data)
    os.mkfifo(tmp_path / "pipe")
    for file in (*tmp_path.iterdir(), tmp_path / "none"):
        with pytest.raises(BadInput) as caught:
            sort(file)
        assert file.name in caught.value.sentence
    torn = tmp_path / "torn.db"
    asyncio.run(library(torn))
    torn.write_bytes(torn.read_bytes()[:5000])
    assert sort(torn) is Sort.LIBRARY
    with pytest.raises(KnownError):
        asyncio.run(look_into(torn))
