"""A play is begun from nothing but a text and a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.director.shelving import Shelved
from stage.engine.shelf.card import Card
from stage.ui.dialogs.new_play import NewPlay
from tests.ui.helpers import Evening

TEXT = "The lamp went out at nine, and"


def page(shown: Any) -> Any:
    made = shown(NewPlay())
    made.kinds[1].click()
    return made


def test_a_text_and_a_model_are_enough(shown: Any, loop: Any) -> None:
    made = page(shown)
    QTest.keyClick(made.focusWidget(), Qt.Key.Key_Tab)
    assert made.focusWidget() is made.text.text, "the text is the first stop"
    made.text.text.setPlainText("  The lamp went out at nine.\n\n")
    made.try_to_begin()
    scene = made.scene
    assert scene is not None, made.error.text()
    (member,) = scene.cast
    assert (member.actor.frame, member.actor.model) == ("prose", "stage-base")
    assert scene.opening[0].text == "  The lamp went out at nine.\n\n", "blanks count"
    assert (scene.title, list(scene.models)) == ("The lamp went out at nine.", ["stage-base"])


def test_ctrl_enter_begins_from_the_text_and_beside_a_model_stands_another(
    shown: Any, loop: Any
) -> None:
    made = page(shown)
    offered = [made.text.beside.itemData(at) for at in range(made.text.beside.count())]
    assert offered == ["", "stage-chat"]
    made.text.model.setCurrentIndex(made.text.model.findData("stage-chat"))
    made.text.model.activated.emit(made.text.model.currentIndex())
    assert made.text.beside.itemData(1) == "stage-base"
    made.text.text.setPlainText(TEXT)
    QTest.keyClick(made.text.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert made.scene is not None
    assert made.scene.opening[0].text == TEXT


def test_nothing_yet_is_an_empty_page_for_two_models(shown: Any, loop: Any) -> None:
    made = page(shown)
    made.text.beside.setCurrentIndex(made.text.beside.findData("stage-chat"))
    made.text.title.setText("Fog")
    made.try_to_begin()
    assert made.scene.opening == ()
    assert (made.scene.title, list(made.scene.models)) == ("Fog", ["stage-base", "stage-chat"])


def test_ones_own_model_goes_before_a_shipped_one_until_one_is_chosen(
    shown: Any, tmp_path: Path, loop: Any
) -> None:
    made = page(shown)
    files = [tmp_path / "mine.gguf", tmp_path / "later.gguf"]
    mine, later = (
        Shelved(each, Card(str(each), each.stem, "llama", "base", (), 1, "F16", 64, 9, True, 1, ""))
        for each in files
    )
    made.offer_models([mine])
    assert made.text.made().models == {"mine": str(files[0])}
    made.text.add_models([str(tmp_path / "chosen.gguf")])
    made.offer_models([later])
    assert made.text.model.currentData() == "chosen"


@pytest.mark.models
def test_both_models_go_on_with_the_text_as_it_stands(evening: Evening, shown: Any) -> None:
    made = page(shown)
    made.text.text.setPlainText(TEXT)
    made.text.beside.setCurrentIndex(made.text.beside.findData("stage-chat"))
    evening.begin(made.text.made())
    evening.do(evening.desk.turns.both)
    evening.rest()
    first = evening.play.path(evening.play.leaf)[0].id
    takes = [evening.play.tree[each] for each in evening.play.children(first)]
    assert {each.model for each in takes} == {"stage-base", "stage-chat"}
    for take in takes:
        told = evening.loop.run(evening.director.line(take.id))
        assert told.frame == "prose", take.model
        assert told.prompt["text"].removeprefix("<|bos|>") == TEXT
