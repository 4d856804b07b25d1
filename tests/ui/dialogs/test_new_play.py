from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from stage.director.wardrobe import shipped
from stage.ui.dialogs.new_play import NewPlay
from tests.ui.helpers import SCENE


def test_a_shipped_scene_with_its_own_models(shown: Any, loop: Any) -> None:
    made = shown(NewPlay())
    assert made.scenes.count() == len(shipped("scenes"))
    made.choose_scene(str(next(each for each in shipped("scenes") if each.stem == "3-both")))
    loop.until(lambda: bool(made._files))
    assert {name: field.text() for name, field in made._files.items()} == {
        "base": "stage-base", "chat": "stage-chat"}  # fmt: skip


def test_what_is_wrong_is_one_sentence_and_the_dialog_stays(
    shown: Any, loop: Any, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SCENE.format(base="stage-base", chat="stage-chat", tokens=9))
    made = shown(NewPlay())
    made.choose_scene(str(file))
    loop.until(made.begin.hasFocus)
    assert made.scenes.currentText() != "mine"
    made._files["chat"].setText(str(tmp_path / "none.gguf"))
    made.try_to_begin()
    assert made.scene is None
    assert made.isVisible()
    assert "none.gguf" in made.error.text()
    assert made.error.text().count(". ") == 0
    made._files["chat"].setText(__file__)  # any file that is there
    made._files["base"].setText(__file__)
    made.try_to_begin()
    assert made.scene is not None
    assert made.result() == QDialog.DialogCode.Accepted.value


def test_a_scene_that_cannot_be_read(shown: Any, loop: Any, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("title = ")
    made = shown(NewPlay())
    made.choose_scene(str(file))
    loop.until(made.error.isVisible)
    assert "broken.toml" in made.error.text()
    assert not made.begin.isEnabled()
    made.choose_scene(str(shipped("scenes")[0]))
    loop.until(lambda: made._read is not None)
    assert not made.error.isVisible()
    assert made.begin.isEnabled()


def test_a_scene_with_much_lore_is_waited_for_by_nobody(
    shown: Any, loop: Any, tmp_path: Path
) -> None:
    file, lore = tmp_path / "lore.toml", '[[lore]]\nkeys = ["k{0}"]\ncontent = "c {0}"\n'
    file.write_text(SCENE.format(base="stage-base", chat="stage-chat", tokens=9)
                    + "".join(lore.format(at) for at in range(3_000)))  # fmt: skip
    made = shown(NewPlay())
    made.choose_scene(str(file))
    assert made._read is None, "it is read elsewhere"
    made.try_to_begin()  # whoever was faster need not press it again
    assert made.isVisible()
    loop.until(lambda: made.scene is not None)
    assert len(made.scene.lore) == 3_000
    assert not made.isVisible()
