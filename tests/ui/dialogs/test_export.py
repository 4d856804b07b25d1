from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stage.director.exporting import Wanted
from stage.ui.dialogs.export import Export
from tests.ui.helpers import play


@pytest.mark.parametrize(
    ("form", "part", "wanted"),
    [
        ("markdown", "path", {"leaf": "c"}),
        ("markdown", "whole", {"top": "r"}),
        ("jsonl", "whole", {}),
        ("tokens", "whole", {}),
        ("html", "to", {"leaf": "b1"}),
        ("markdown", "under", {"top": "b1"}),
        ("stage", "whole", {}),
    ],
)
def test_what_is_chosen_is_what_is_written(
    shown: Any, tmp_path: Path, form: str, part: str, wanted: dict[str, str]
) -> None:
    of = play()
    of.tree.select("c")
    dialog = shown(Export(of, "b1"))
    dialog.form.setCurrentIndex(dialog.form.findData(form))
    dialog._formed()
    dialog.part.setCurrentIndex(dialog.part.findData(part))
    assert dialog.part.currentData() == part
    dialog.file.setText(str(tmp_path / "out"))
    dialog.try_to_write()
    assert dialog.wanted == Wanted("p", form, **wanted)
    assert dialog.target == tmp_path / "out"


def test_the_branch_on_stage_is_written_unless_another_one_counts(
    shown: Any, tmp_path: Path
) -> None:
    of = play()
    of.tree.select("c")  # what was visited last is another branch than the lane shows
    dialog = shown(Export(of, "b1", leaf="b2"))
    assert dialog.part.currentData() == "lane"
    assert dialog.part.findData("path") < 0
    dialog.form.setCurrentIndex(dialog.form.findData("loomsidian"))
    dialog.form.activated.emit(dialog.form.currentIndex())
    assert dialog.part.currentData() == "whole"  # a loom's file is a tree
    dialog.form.setCurrentIndex(dialog.form.findData("markdown"))
    dialog.form.activated.emit(dialog.form.currentIndex())
    dialog.file.setText(str(tmp_path / "out"))
    dialog.try_to_write()
    assert dialog.wanted == Wanted("p", "markdown", leaf="b2")


def test_a_file_that_cannot_be_is_refused_and_a_new_name_offered(
    shown: Any, tmp_path: Path
) -> None:
    dialog = shown(Export(play()))
    assert dialog.part.findData("to") < 0
    assert Path(dialog.file.text()).name.startswith("A test")
    dialog.file.setText(str(tmp_path / "no" / "out"))
    dialog.try_to_write()
    assert "no folder" in dialog.error.text()
    (tmp_path / "A test.md").touch()
    dialog.file.setText(str(tmp_path / "A test.md"))
    dialog.try_to_write()
    assert "name a new one" in dialog.error.text()
    assert dialog.wanted is None
    dialog._folder = tmp_path
    dialog._name(".md")
    assert dialog.file.text() == str(tmp_path / "A test 2.md")


def test_a_title_of_any_length_and_letters_makes_a_name_that_a_file_can_have(
    shown: Any, tmp_path: Path
) -> None:
    of = play()
    of.scene = replace(of.scene, title="../\u706f\u53f0: " + "\u706f" * 300)
    dialog = shown(Export(of))
    proposed = Path(dialog.file.text()).name
    assert proposed.startswith("\u706f\u53f0 ")
    assert len(proposed.encode()) < 255
    for typed in ("x" * 300, "~nobody-here/x"):
        dialog.file.setText(str(tmp_path / typed) if typed[0] == "x" else typed)
        dialog.try_to_write()
        assert "No file can be called x" in dialog.error.text()
    assert dialog.wanted is None
