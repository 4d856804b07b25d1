"""Files are asked for where the last one of their kind was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from stage.ui.desk.choosing import Choosing
from stage.ui.desk.saved import Saved


@pytest.fixture
def over(shown: Any) -> QWidget:
    made: QWidget = shown(QWidget(), 300, 200)
    return made


def test_every_kind_has_a_folder_of_its_own_also_next_time(over: QWidget, tmp_path: Path) -> None:
    kept, chosen = tmp_path / "window.json", list[list[str]]()
    cards = tmp_path / "cards"
    cards.mkdir()
    saved = Saved(kept)
    chooser = Choosing(saved).some(over, "cards", "Cards", "Cards (*.png)", chosen.append)
    chooser.filesSelected.emit([str(cards / "a.png"), str(cards / "b.png")])
    chooser.close()
    assert chosen == [[str(cards / "a.png"), str(cards / "b.png")]]
    saved.write()
    later = Choosing(Saved(kept))
    assert later.folder("models") is None
    again = later.one(over, "cards", "A card", "", chosen.append)
    assert again.directory().path() == str(cards)
    again.close()
    cards.rmdir()
    assert later.folder("cards") is None, "a folder that is gone is not gone to"


def test_a_new_file_has_a_name_and_an_ending(over: QWidget, tmp_path: Path) -> None:
    choosing, chosen = Choosing(), list[str]()
    choosing.keep("exports", tmp_path)
    chooser = choosing.a_new_one(over, "exports", "Save", "Markdown (*.md)", "A.md", chosen.append)
    assert chooser.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert chooser.selectedFiles() == [str(tmp_path / "A.md")]
    chooser.filesSelected.emit([str(tmp_path / "B.md")])
    chooser.close()
    assert chosen == [str(tmp_path / "B.md")]


def test_a_folder_is_kept_itself(over: QWidget, tmp_path: Path) -> None:
    choosing, chosen = Choosing(), list[str]()
    chooser = choosing.a_folder(over, "models", "Folder", chosen.append)
    chooser.filesSelected.emit([str(tmp_path)])
    chooser.close()
    assert (chosen, choosing.folder("models")) == ([str(tmp_path)], tmp_path)
