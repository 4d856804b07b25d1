from __future__ import annotations

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


def test_how_much_is_as_the_form_is_usually_written_until_somebody_chooses(shown: Any) -> None:
    dialog = shown(Export(play(), "b1"))

    def turn(form: str) -> str:
        dialog.form.setCurrentIndex(dialog.form.findData(form))
        dialog.form.activated.emit(dialog.form.currentIndex())
        return str(dialog.part.currentData())

    assert [turn(each) for each in ("markdown", "csv", "tokens", "html")] == [
        "path", "whole", "whole", "path",
    ]  # fmt: skip
    dialog.part.setCurrentIndex(dialog.part.findData("under"))
    dialog.part.activated.emit(dialog.part.currentIndex())
    assert turn("csv") == "under"


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
