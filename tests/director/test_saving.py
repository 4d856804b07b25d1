from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from stage.director.saving import save_path
from stage.kit.errors import BadInput, KnownError
from tests.ui.helpers import play


def test_only_the_branch_is_written_and_a_file_is_replaced(tmp_path: Path) -> None:
    target, made = tmp_path / "path.md", play()
    target.write_text("old")
    asyncio.run(save_path(made, "c", "markdown", target))
    text = target.read_text()
    assert "Two." in text
    assert "Under two." in text
    assert "One." not in text
    asyncio.run(save_path(made, "b1", "html", target))
    assert target.read_text().startswith("<!DOCTYPE html>")
    assert [each.name for each in tmp_path.iterdir()] == ["path.md"]


def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be written"):
        asyncio.run(save_path(play(), "c", "markdown", tmp_path / "no" / "folder.md"))
    with pytest.raises(BadInput, match="only be read"):
        asyncio.run(save_path(play(), "c", "pyloom", tmp_path / "x"))
    assert list(tmp_path.iterdir()) == []
