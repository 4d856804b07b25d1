"""The shelf as one sits before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stage.director import shelving
from stage.director.shelving import Judged
from stage.engine.shelf.memory import Estimate
from stage.ui.views.models import Models
from tests.engine.helpers import write_gguf
from tests.ui.looking import round_by_tab


@pytest.fixture
def view(
    stacks: Any, loop: Any, shown: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Models:
    async def judge(path: Path) -> Judged:
        return Judged(Estimate(8192, "f16", 16, 1, 2, 3, 0, 5, 6, 7), None, True)

    monkeypatch.setattr(shelving, "places", list)
    stacks.director.shelving.judge = judge
    made: Models = shown(Models(stacks.desk), 1000, 700)
    loop.until(lambda: not made.stock.scanning)
    return made


def test_none_is_said_and_an_added_file_is_chosen(view: Any, loop: Any, tmp_path: Path) -> None:
    assert view.body.nothing.accessibleName().startswith("No model was found.")
    file = write_gguf(tmp_path / "one.gguf")
    view.add([str(file)])
    loop.until(lambda: view.chosen() is not None and view.chosen().path == file)
    assert view.places.folders.paths == [str(file)]
    loop.until(lambda: view.stock.judged(file) is not None)
    view.places.folders.take_off(str(file))
    loop.until(lambda: view.rows.rowCount() == 0)
    loop.until(lambda: view.body.nothing.isVisible())


def test_tab_goes_from_above_to_below(view: Any, loop: Any, tmp_path: Path) -> None:
    view.add([str(write_gguf(tmp_path / "one.gguf"))])
    loop.until(lambda: view.chosen() is not None and view.sheet.isVisible())
    seen, sheet, form = round_by_tab(view.window(), view), view.sheet, view.sheet.form
    fields = list(form.fields.values())
    wanted = [view.list, sheet.act, *sheet.kinds.values(), *fields, form.kv, form.map, view.scan]
    assert [each for each in seen if each in wanted] == wanted


def test_the_chosen_model_is_loaded_settled_and_unloaded(
    view: Any, loop: Any, tmp_path: Path
) -> None:
    file = write_gguf(tmp_path / "one.gguf")
    view.add([str(file)])
    loop.until(lambda: view.chosen() is not None)
    view.sheet.act.click()
    loop.until(lambda: view._state(file) == "ready")
    assert view.sheet.off.isVisible()
    view.sheet.kinds["chat"].click()
    loop.until(lambda: view.chosen().settled == {"kind": "chat"})
    assert "chat" in str(view.rows.index(0).data(257))
    view.sheet.reload.click()
    loop.until(lambda: view.stock.standing(file).state.phase == "loading")
    loop.until(lambda: view._state(file) == "ready")
    view.unload()
    loop.until(lambda: view._state(file) == "")


def test_what_is_no_model_is_a_card(view: Any, loop: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.gguf"
    file.write_text("<html>")
    view.add([str(file)])
    loop.until(lambda: view.chosen() is not None)
    assert "web page" in view.sheet._said
    view.load()  # nothing to be loaded
    assert view._state(file) == ""


def test_a_model_is_bound_to_a_name_of_the_play_on_stage(
    view: Any, stacks: Any, loop: Any, tmp_path: Path
) -> None:
    file = write_gguf(tmp_path / "one.gguf")
    view.add([str(file)])
    loop.until(lambda: view.chosen() is not None)
    play = loop.run(stacks.director.open(stacks.made.play))
    stacks.desk.session.show(play)
    assert [each.text() for each in view.sheet._names] == ["base"]
    view.sheet._names[0].click()
    loop.until(lambda: play.models["base"] == file)
    view._stand()
    assert not view.sheet._names[0].isEnabled()
