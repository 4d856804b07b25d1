"""What becomes of a file that is handed to the window, whatever it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from stage.director.importing import Taken
from stage.director.wardrobe import shipped
from stage.formats.neutral import Loss
from stage.kit.errors import BadInput
from stage.store.library import Library
from stage.ui.desk.desk import Desk
from stage.ui.dialogs.new_play import NewPlay
from stage.ui.dialogs.sure import Sure
from stage.ui.window.window import Window
from tests.engine.helpers import write_gguf
from tests.store.making import stock
from tests.ui.helpers import Part, dropped


@pytest.fixture
def window(desk: Desk, shown: Any) -> Window:
    made: Window = shown(Window(desk), 1100, 700)
    return made


def dialogs(kind: type) -> list[Any]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind)]


def test_a_file_is_taken_in_and_shown_unless_there_is_a_report_to_read(
    window: Window, part: Part, loop: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lost = (Loss("dropped", "x", where="", text="that it was loud", count=2),)

    async def take_in(file: Path, work: Any = None) -> list[Taken]:
        if file.name == "bad.json":
            raise BadInput("bad.json is damaged.")
        return [Taken("loomsidian", "My loom", "new", 3, lost if "lossy" in file.name else ())]

    monkeypatch.setattr(part, "take_in", take_in, raising=False)
    chores, panes = window.desk.chores, window.panes
    for name in ("bad.json", "lossy.json", "loom.json"):
        (tmp_path / name).write_text('{"text": "Once", "children": []}')
    window.desk.wishes.file.emit(str(tmp_path / "bad.json"))
    loop.until(lambda: bool(chores.all) and "damaged" in chores.all[0].said)
    loop.until(lambda: panes.at == "library")
    window.desk.wishes.file.emit(str(tmp_path / "lossy.json"))
    loop.until(lambda: chores.all[0].rows == ("dropped: that it was loud, 2 times",))
    loop.settle()
    assert panes.at == "library"
    assert "2 things not kept" in chores.all[0].said
    asked = window.focusWidget()
    assert asked is not None
    assert asked.text() == "Open it", "Enter opens what was imported"
    window.desk.wishes.file.emit(str(tmp_path / "loom.json"))
    loop.until(lambda: window.desk.session.play.id == "new")
    loop.until(lambda: panes.at == "stage")


def test_a_scene_is_offered_as_a_new_play(window: Window, loop: Any) -> None:
    file = shipped("scenes")[2]
    assert dropped(window, file)
    loop.until(lambda: any(each.isVisible() for each in dialogs(NewPlay)))
    (dialog,) = [each for each in dialogs(NewPlay) if each.isVisible()]
    assert dialog.scenes.currentData() == str(file)
    loop.until(dialog.begin.isEnabled)
    dialog.reject()
    loop.settle()


def test_a_model_is_on_the_shelf_and_chosen(window: Window, loop: Any, tmp_path: Path) -> None:
    file = write_gguf(tmp_path / "one.gguf")
    window.desk.wishes.file.emit(str(file))
    loop.until(lambda: window.panes.at == "models")
    view: Any = window.panes.view("models")
    loop.until(lambda: view.places.folders.paths == [str(file)])


def test_cards_are_brought_to_the_cast_and_one_stays_where_one_is(
    window: Window, loop: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = list[str]()

    async def bring(files: list[str]) -> None:
        brought.extend(files)

    monkeypatch.setattr(window.panes.view("cast"), "bring", bring)
    one, other = shipped("personas")[:2]
    at = window.panes.at
    assert dropped(window, one, other)
    loop.until(lambda: brought == [str(one), str(other)])
    assert window.panes.at == at


def test_another_library_is_offered_and_opens_beside_this_one(
    window: Window, loop: Any, tmp_path: Path
) -> None:
    async def make() -> None:
        library = await Library.open(tmp_path / "other.db")
        await stock(library)
        await library.close()

    loop.run(make())
    wished = list[str]()
    window.desk.wishes.library.connect(wished.append)
    window.desk.wishes.file.emit(str(tmp_path / "other.db"))
    loop.until(lambda: any(each.isVisible() for each in dialogs(Sure)))
    (dialog,) = [each for each in dialogs(Sure) if each.isVisible()]
    assert dialog.yes.isDefault()
    dialog.yes.click()
    loop.until(lambda: wished == [str(tmp_path / "other.db")])


def test_what_stage_cannot_use_is_one_sentence_and_the_others_go_on(
    window: Window, loop: Any, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Once upon a time.")
    (tmp_path / "b.db").write_bytes(b"SQLite format 3\0" + bytes(200))
    said = list[str]()
    window.desk.wishes.said.connect(said.append)
    assert dropped(window, tmp_path / "a.txt", tmp_path / "b.db", write_gguf(tmp_path / "m.gguf"))
    loop.until(lambda: len(said) == 1)
    assert "a.txt is in no format that Stage reads" in said[0]
    assert "b.db is not a Stage library" in said[0]
    assert window.panes.at == "models"
