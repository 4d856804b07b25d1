from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from stage.director.events import Changed, Changes, LineGrew, ModelChanged, Progress
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part, line


def test_models_stand_as_they_are_told(
    desk: Desk, part: Part, loop: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    file = tmp_path / "m.gguf"
    file.touch()
    part.play.models = {"base": file, "chat": tmp_path / "none.gguf"}
    asked: list[bool] = []
    is_file = Path.is_file

    def asks(each: Path) -> bool:
        asked.append(threading.current_thread() is threading.main_thread())
        return is_file(each)

    monkeypatch.setattr(Path, "is_file", asks)
    desk.bridge.changed.emit(Changed(Changes.PLAYS, "p"))
    wanted = ["not loaded", "file missing"]
    loop.until(lambda: [each.words for each in desk.shelf.standings()] == wanted)
    assert asked, "the disk is asked"
    assert not any(asked), "not by the thread of the window"
    monkeypatch.undo()
    desk.bridge.model_changed.emit(ModelChanged(str(file), "loading", 0.43, ""))
    assert desk.shelf.standings()[0].words == "reading weights 43 %"
    desk.bridge.model_changed.emit(ModelChanged(str(file), "crashed", None, "", ("why",)))
    assert desk.shelf.standings()[0].words == "crashed"
    assert desk.shelf.standings()[0].details == ("why",)
    desk.session.show(None)
    assert desk.shelf.standings() == []


def test_a_prompt_being_read_is_told_until_the_first_words(desk: Desk) -> None:
    told: list[tuple[str, str]] = []

    def prepared(model: str, said: str) -> None:
        told.append((model, said))

    desk.shelf.prepared.connect(prepared)
    desk.bridge.progressed.emit(Progress("p", "a", "chat", "reading prompt", 512, 2048))
    grew = LineGrew(line("b1", "a", "O", model="chat"), (), 0.1)
    desk.bridge.grew.emit(grew)
    desk.bridge.grew.emit(grew)
    assert told == [("chat", "reading prompt 512/2,048"), ("chat", "")]
