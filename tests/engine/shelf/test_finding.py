from __future__ import annotations

import os
import shutil
from pathlib import Path

from stage.engine.shelf.card import Card, describe
from stage.engine.shelf.finding import files, find, scan
from tests.engine.helpers import LLAMA, write_gguf


def test_a_folder_is_scanned_at_any_depth_and_errors_are_rows(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    write_gguf(tmp_path / "deep" / "er" / "a.gguf")
    write_gguf(tmp_path / "deep" / "B.GGUF")
    write_gguf(tmp_path / "sha256-4711")  # as some programs keep them
    (tmp_path / "bad.gguf").write_bytes(b"nonsense")
    (tmp_path / "readme.txt").write_text("no model")
    (tmp_path / "Makefile").write_text("no model")
    os.mkfifo(tmp_path / "pipe")  # opening it would wait for ever
    os.mkfifo(tmp_path / "pipe.gguf")
    rows = {row[0] if isinstance(row, tuple) else Path(row.path): row for row in scan(tmp_path)}
    assert {path.name for path in rows} == {"a.gguf", "B.GGUF", "sha256-4711", "bad.gguf"}
    broken = rows[tmp_path / "bad.gguf"]
    assert isinstance(broken, tuple)
    assert "bad.gguf" in broken[1]
    assert sum(isinstance(row, Card) for row in rows.values()) == 3


def test_a_split_model_is_one_row_also_when_parts_are_missing(tmp_path: Path) -> None:
    names = [f"m-0000{n}-of-00003.gguf" for n in (1, 2, 3)]
    parts = [write_gguf(tmp_path / name, {**LLAMA, "split.count": 3}) for name in names]
    assert list(files(tmp_path)) == parts[:1]
    (row,) = scan(tmp_path)
    assert isinstance(row, Card)
    parts[0].unlink()
    (row,) = scan(tmp_path)
    assert isinstance(row, tuple)
    assert "m-00001-of-00003.gguf is missing" in row[1]


def test_a_file_that_was_moved_is_found_by_its_content(tmp_path: Path) -> None:
    old = write_gguf(tmp_path / "old.gguf")
    wanted = describe(old).identity
    folder = tmp_path / "models" / "below"
    folder.mkdir(parents=True)
    twin = write_gguf(folder / "twin.gguf", {**LLAMA, "general.name": "Tony"})
    assert twin.stat().st_size == old.stat().st_size
    assert find(wanted, [old], [folder.parent]) == old
    moved = Path(shutil.move(old, folder / "renamed.gguf"))
    assert find(wanted, [old], [folder.parent]) == moved
    assert find(wanted, [old], [moved]) == moved  # a single file may be watched, too
    assert find(wanted, [old, twin], []) is None


def test_a_split_model_that_was_moved_is_found(tmp_path: Path) -> None:
    names = [f"m-0000{n}-of-00002.gguf" for n in (1, 2)]
    parts = [write_gguf(tmp_path / name, {**LLAMA, "split.count": 2}) for name in names]
    wanted = describe(parts[0]).identity
    (tmp_path / "new").mkdir()
    for part in parts:
        part.rename(tmp_path / "new" / part.name)
    assert find(wanted, parts[:1], [tmp_path]) == tmp_path / "new" / names[0]
