from __future__ import annotations

from pathlib import Path
from typing import Any

from stage.director.events import LineStarted, ModelChanged
from stage.play.line import Status
from stage.ui.desk.desk import Desk
from stage.ui.window.edges import Foot, ModelDots
from tests.ui.helpers import Part, line


def test_models_are_dots_with_words(desk: Desk, part: Part, shown: Any) -> None:
    dots = shown(ModelDots(desk), 500, 28)
    assert "stage-base" in dots.accessibleName()
    path = str(part.play.models["base"])
    desk.bridge.model_changed.emit(ModelChanged(path, "ready", None, ""))
    assert "stage-base ready" in dots.accessibleName()
    for phase in ("crashed", "loading", "busy", "closed"):
        desk.bridge.model_changed.emit(ModelChanged(path, phase, 0.5, ""))
        dots.grab()


def test_the_foot_says_what_runs_and_what_was_said(desk: Desk, part: Part, shown: Any) -> None:
    foot = shown(Foot(desk), 700, 30)
    assert foot._saved.text() == "saved · offline"
    desk.session.pick("ada")
    desk.turns.speak(5)
    assert foot._running.text() == "5 waiting"
    made = line("n", "b1", status=Status.RUNNING, reason=None)
    part.play.tree.add(made)
    part.told.fire(LineStarted(made))
    assert foot._running.text() == "1 running, 4 waiting"
    desk.wishes.said.emit("The disk is full.")
    assert foot.notice.text() == "The disk is full."
    foot._read()
    assert foot.notice.text() == ""
    foot._timer.stop()


def test_the_name_of_a_file_is_no_markup(desk: Desk, part: Part, shown: Any) -> None:
    part.play.models["base"] = Path("/models/<img src=x>.gguf")
    dots = shown(ModelDots(desk), 500, 28)
    assert "<img" not in dots.toolTip()
    assert "&lt;img" in dots.toolTip()
