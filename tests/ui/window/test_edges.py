from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from stage.director.events import LineStarted, ModelChanged, Storing
from stage.play.line import Status
from stage.ui.desk.desk import Desk
from stage.ui.dialogs.sheets import PromptSheet
from stage.ui.window import edges
from stage.ui.window.edges import Foot, ModelDots
from stage.ui.window.window import Window
from tests.ui.dialogs.test_opening import open_dialog
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


def test_what_could_be_taken_back_is_not_told_any_more_once_something_is_said(
    desk: Desk, part: Part, shown: Any
) -> None:
    foot = shown(Foot(desk), 700, 30)
    foot.say("Recasting of Ada. Ctrl+Z takes it back.")
    made = line("n", "b1", status=Status.RUNNING, reason=None)
    part.play.tree.add(made)
    part.told.fire(LineStarted(made))
    assert foot.notice.text() == ""
    foot._timer.stop()


def test_the_name_of_a_file_is_no_markup(desk: Desk, part: Part, shown: Any) -> None:
    part.play.models["base"] = Path("/models/<img src=x>.gguf")
    dots = shown(ModelDots(desk), 500, 28)
    assert "<img" not in dots.toolTip()
    assert "&lt;img" in dots.toolTip()


def test_a_notice_goes_after_a_while_and_is_found_again(
    desk: Desk, shown: Any, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edges, "READ", 1)
    monkeypatch.setattr(edges, "A_LETTER", 0)
    window = shown(Window(desk), 1024, 700)
    desk.wishes.said.emit("The disk is <b>full</b>.")
    desk.turns.hint.emit("Choose who speaks next.")
    loop.until(lambda: not window.foot.notice.text())
    window.menus.do("notices")
    sheet = open_dialog(window, PromptSheet, loop)
    (text,) = sheet.findChildren(QPlainTextEdit)
    rows = [row.partition("  ")[2] for row in text.toPlainText().split("\n")]
    assert rows == ["Choose who speaks next.", "The disk is <b>full</b>."]
    sheet.reject()
    loop.until(lambda: not window.findChildren(PromptSheet))


def test_what_is_not_saved_is_not_called_saved(desk: Desk, part: Part, shown: Any) -> None:
    foot = shown(Foot(desk), 700, 30)
    part.told.fire(Storing("The disk is full; make room."))
    QApplication.processEvents()
    assert foot._saved.text() == "not saved · offline"
    assert foot.notice.text() == "The disk is full; make room."
    part.told.fire(Storing())
    QApplication.processEvents()
    assert foot._saved.text() == "saved · offline"
