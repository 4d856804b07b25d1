from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from stage.ui.desk.desk import Desk
from stage.ui.lens.form import LensForm


def test_models_of_the_play_come_first_and_a_chosen_file_is_kept(
    desk: Desk, shown: Any, tmp_path: Any
) -> None:
    made = shown(LensForm(desk), 700, 300)
    titles = [made.models[0].itemText(at) for at in range(made.models[0].count())]
    assert titles[:2] == ["stage-base", "stage-chat"]
    assert titles[-1] == "Choose a file ..."
    assert [title for title, _ in made.chosen()] == ["stage-base"]
    file = tmp_path / "mine.gguf"
    made.add_file(made.models[1], str(file))
    assert made.chosen()[1] == ("mine", file)
    again = shown(LensForm(desk), 700, 300)
    assert again.chosen()[1] == ("mine", file)
    made.template.setCurrentIndex(1)
    assert made.pasted().form == "chat"


def test_reading_is_asked_for_once_at_a_time(desk: Desk, shown: Any) -> None:
    made = shown(LensForm(desk), 700, 300)
    asked: list[int] = []
    made.wanted.connect(lambda: asked.append(1))
    made.text.accepted.emit()
    made.show_state("stage-base begins to read", running=True)
    made.text.accepted.emit()
    assert asked == [1]
    assert made.stop.isEnabled()
    made.text.set_text("Words.")
    made.clear.click()
    assert made.text.text() == ""


def test_no_model_is_the_second_to_itself(desk: Desk, shown: Any) -> None:
    made = shown(LensForm(desk), 700, 300)
    first, second = made.models
    second.setCurrentIndex(second.findText("stage-chat"))
    second.activated.emit(second.currentIndex())
    assert [title for title, _ in made.chosen()] == ["stage-base", "stage-chat"]
    able = [bool(second.model().flags(second.model().index(at, 0)) & Qt.ItemFlag.ItemIsEnabled)
            for at in range(3)]  # fmt: skip
    assert able == [True, False, True]
    first.setCurrentIndex(first.findText("stage-chat"))
    first.activated.emit(first.currentIndex())
    assert second.currentText() == "no second model"
