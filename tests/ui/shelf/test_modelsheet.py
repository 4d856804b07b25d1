from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from stage.director.shelving import Judged, Shelved, Standing, Use
from stage.engine.orders import Capabilities, ModelState
from stage.engine.shelf.card import describe
from stage.engine.shelf.memory import Estimate
from stage.ui.shelf.modelsheet import ModelSheet, can
from tests.engine.helpers import write_gguf

PLAIN = Capabilities(1024, 8192, 16, True, False, True, 0, True, True, 300)


@pytest.fixture
def sheet(shown: Any) -> ModelSheet:
    made: ModelSheet = shown(ModelSheet(), 600, 900)
    return made


@pytest.fixture
def shelved(tmp_path: Path) -> Shelved:
    card = describe(write_gguf(tmp_path / "one.gguf"))
    return Shelved(Path(card.path), card, card.kind, {"kind": "chat"}, "", 8_900_000)


def words(sheet: ModelSheet) -> str:
    QCoreApplication.processEvents()
    return "\n".join(each.text() for each in sheet.findChildren(QLabel) if each.isVisible())


def test_a_model_says_what_it_is_and_takes_an_own_word(sheet: Any, shelved: Shelved) -> None:
    said: list[str] = []
    sheet.settled.connect(said.append)
    sheet.show_file(shelved)
    assert shelved.card is not None
    assert "one.gguf, 8.9 MB" in words(sheet)
    assert shelved.card.architecture in words(sheet)
    assert sheet.kinds["chat"].isChecked()
    sheet.kinds["base"].click()
    sheet.kinds["auto"].click()
    assert said == ["kind=base", "kind=auto"]


def test_it_is_loaded_stopped_and_unloaded(sheet: Any, shelved: Shelved) -> None:
    asked: list[str] = []
    sheet.load.connect(lambda: asked.append("load"))
    sheet.unload.connect(lambda: asked.append("unload"))
    sheet.again.connect(lambda: asked.append("again"))
    sheet.show_file(shelved)
    sheet.show_standing(Standing(ModelState("x", "closed")), [], [])
    sheet.act.click()
    sheet.show_standing(Standing(ModelState("x", "loading", 0.43)), [], [])
    assert "reading weights 43 %" in words(sheet)
    assert (sheet.off.text(), sheet.act.isVisible()) == ("Stop loading", False)
    uses = [Use("p", "The stairs", ("base",), 4)]
    sheet.show_standing(Standing(ModelState("x", "busy"), PLAIN), uses, ["base", "chat"])
    assert "“The stairs” as base, 4 takes running" in words(sheet)
    sheet.off.click()
    sheet.show_standing(Standing(ModelState("x", "ready"), PLAIN), uses, ["base", "chat"])
    sheet.reload.click()
    assert asked == ["load", "unload", "again"]


def test_a_name_of_the_play_is_bound_unless_it_is_already(sheet: Any, shelved: Shelved) -> None:
    bound: list[str] = []
    sheet.bound.connect(bound.append)
    sheet.show_file(shelved)
    uses = [Use("p", "The stairs", ("base",), 0)]
    sheet.show_standing(Standing(ModelState("x", "closed")), uses, ["base", "chat"])
    assert [each.isEnabled() for each in sheet._names] == [False, True]
    sheet._names[1].click()
    assert bound == ["chat"]


def test_memory_and_advice_are_told(sheet: Any, shelved: Shelved) -> None:
    sheet.show_file(shelved)
    sheet.show_judged(None)
    assert "being made" in words(sheet)
    made = Estimate(8192, "f16", 16, 1, 2_000_000_000, 3, 0, 5, 6, 7)
    sheet.show_judged(Judged(made, 1_000_000_000, False, "what fits is cells=2048 (0.9 GB)."))
    assert "2.00 GB" in words(sheet)
    assert "what fits is cells=2048" in words(sheet)
    sheet.show_judged("It cannot be measured.")
    assert "It cannot be measured." in words(sheet)


def test_what_is_no_model_is_a_card(sheet: Any) -> None:
    sheet.show_file(Shelved(Path("/x/page.gguf"), sentence="page.gguf is a web page."))
    sheet.show_error("page.gguf is a web page.", retry=False)
    assert "page.gguf is a web page." in words(sheet)
    assert not sheet.act.isVisible()
    sheet.show_error("", retry=False)
    assert "web page" not in words(sheet)


def test_what_a_model_cannot_do_is_said() -> None:
    assert can(PLAIN).count("\n") == 0
    less = Capabilities(1024, 8192, 1, False, True, False, 512, False, False, 300)
    said = can(less)
    assert said.count("\n") == 5
    assert "the last 512 tokens only" in said
