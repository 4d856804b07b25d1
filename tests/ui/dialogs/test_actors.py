from __future__ import annotations

from pathlib import Path

from stage.director.shelving import Shelved
from stage.engine.shelf.card import Card
from stage.ui.dialogs.actors import Actors


def lying(file: Path, kind: str) -> Shelved:
    return Shelved(file, Card(str(file), "mine", "llama", kind, (), 1, "F16", 64, 9, True, 1, ""))


def test_each_model_is_there_once_under_a_name_of_its_own(tmp_path: Path) -> None:
    actors = Actors()
    assert actors.files == {"stage-base": "stage-base", "stage-chat": "stage-chat"}
    assert actors.likely() == "stage-chat"
    file = tmp_path / "stage-base.gguf"
    found = [lying(file, "base"), Shelved(tmp_path / "none.gguf")]
    assert actors.find(found) == ["stage-base-2"]
    assert actors.find(found) == []
    assert actors.likely() == "stage-base-2", "one's own"
    assert actors.add(["/other/stage-base.gguf"]) == ["stage-base-3"]
    assert actors.likely() == "stage-base-3", "a chat model rather than a base model"
    assert actors.files["stage-base-2"] == str(file)
