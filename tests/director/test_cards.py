"""Cards come in as files, go out as files, and a version goes out as it was edited."""

from __future__ import annotations

import asyncio
import json
import zipfile
from pathlib import Path

import pytest

from stage.director.cards import bring_in, compared, own_card, write_out, written
from stage.formats import cards, png
from stage.kit.errors import BadInput
from stage.play.persona import edited, persona

CARD = (
    '{"spec": "chara_card_v3", "spec_version": "3.0", "data": {"name": "Nell Green", '
    '"description": "You mend nets.", "extensions": {"a/b": 1.50}}}'
)


def test_a_card_comes_in_once_and_keeps_its_bytes(tmp_path: Path) -> None:
    file, picture = tmp_path / "nell.png", png.with_cards(png.blank(), [("ccv3", CARD)])
    file.write_bytes(picture)
    name, card = bring_in(file)
    assert (name, card.persona.name) == ("nell-green", "Nell Green")
    assert bring_in(file)[0] == name, "the same card again is no other one"
    assert own_card(name) == (CARD, picture)
    assert own_card("nobody") is None
    assert written(card.persona) == (CARD, picture)
    (tmp_path / "other.json").write_text(CARD.replace("nets", "boats"))
    with pytest.raises(BadInput, match="there already"):
        bring_in(tmp_path / "other.json")
    with pytest.raises(BadInput, match="cannot be read"):
        bring_in(tmp_path / "gone.json")


def test_an_edited_version_goes_out_with_the_picture_and_over_no_file(tmp_path: Path) -> None:
    (tmp_path / "nell.png").write_bytes(png.with_cards(png.blank(), [("ccv3", CARD)]))
    _, card = bring_in(tmp_path / "nell.png")
    new = edited(card.persona, {"description": "You left."})
    text, picture = written(new)
    assert write_out(text, picture, tmp_path / "out.png") > 0
    again = cards.read((tmp_path / "out.png").read_bytes(), where="x").persona
    assert again.version == new.version
    write_out(text, None, tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text())["data"]["extensions"] == {"a/b": 1.5}
    with pytest.raises(BadInput, match="cannot be written"):
        write_out(text, None, tmp_path / "out.json")


def test_an_archive_brings_its_picture_also_where_its_card_is_there_already(tmp_path: Path) -> None:
    card = json.loads(CARD)
    card["data"]["assets"] = [{"type": "icon", "uri": "embeded://a/main.png", "name": "main"}]
    text, bare, whole = json.dumps(card), tmp_path / "bare.charx", tmp_path / "whole.charx"
    for file, files in ((bare, {}), (whole, {"a/main.png": png.blank()})):
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in {"card.json": text.encode(), **files}.items():
                archive.writestr(name, data)
    assert own_card(bring_in(bare)[0]) == (text, None)
    assert own_card(bring_in(whole)[0]) == (text, png.blank())


def test_versions_of_a_long_book_are_compared_entry_by_entry() -> None:
    entries = [{"id": at, "name": f"n{at}", "content": "x"} for at in range(300)]
    old = persona("Atlas", character_book={"entries": entries})
    fresh = [{**each, "content": "y"} for each in entries[:150]] + entries[150:]
    new = edited(old, {"character_book": {"entries": fresh}, "description": "Tired."})
    rows, left = asyncio.run(compared(old, new, list))
    assert rows[0] == ("character_book: n0", entries[0], fresh[0])
    assert ([name for name, _, _ in rows[-2:]], left) == (
        ["character_book: n99", "description"], 50,
    )  # fmt: skip
    assert asyncio.run(compared(old, old, list)) == ([], 0)
    bare = persona("Atlas", character_book={})
    added, left = asyncio.run(compared(bare, old, list))
    assert (added[0], left) == (("character_book: n0", None, entries[0]), 200)
