"""A longer language, larger text, a small window: all is translated, nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from stage.director.wardrobe import load_scene, shipped
from stage.ui.actions.keys import presets, shown
from stage.ui.actions.table import ACTIONS
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from stage.ui.widgets.labels import plain_tip
from stage.ui.window.window import Window
from tests.ui.looking import OPEN, Pseudo, clipped, out_of_sight, overlapping, said
from tests.ui.runs.making import a_run, with_runs

DIALOGS = ("new_play", "palette", "settings", "system", "shortcuts", "about", "prompt", "note",
           "edit_line", "tag", "name_line", "name_play", "go_to_id")  # fmt: skip
OF_THE_TREE = ("tag", "name_line", "name_play", "go_to_id")
# What is said in these is somebody's own words, a name, a number or a key.
DATA = {
    "A test", "Another evening", "Ada", "Ben", "Guest", "stage-base", "stage-chat", "base", "chat",
    "Stage", "", "P", "0.000", "Enter", "Del", plain_tip("stage-base"), plain_tip("stage-chat"),
    *(each.title for each in presets()), *(str(number) for number in range(40)),
    *(shown(key) for each in ACTIONS for key in each.keys),
    *(", ".join(map(shown, each.keys)) for each in ACTIONS),  # as the page of keys has them
    *(each.stem.capitalize() for each in shipped("personas")),
}  # fmt: skip


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[Pseudo]:
    made = Pseudo()
    qapp.installTranslator(made)
    yield made
    qapp.removeTranslator(made)


@pytest.fixture
def doubled(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Text at 200 %."""
    monkeypatch.setattr(fonts, "POINTS", 2 * fonts.POINTS)
    qapp.setFont(fonts.interface())
    yield
    monkeypatch.undo()
    qapp.setFont(fonts.interface())


def views(
    desk: Desk, keeper: Any, loop: Any, wide: int, high: int
) -> Iterator[tuple[str, QWidget]]:
    """The window with one lane, with two, without a play, and each of its dialogs."""
    with_runs(desk, a_run())
    window = keeper(Window(desk), wide, high)
    for lanes in (1, 2):
        desk.session.set_lanes(lanes)
        loop.settle()
        yield f"{lanes} lanes", window
    window.panes.flanks.show_side("right", show=True)
    loop.settle()
    yield "inspector", window.right
    desk.session.choose("b2")
    for name in DIALOGS:
        getattr(window.tree if name in OF_THE_TREE else window.dialogs, name)()
        loop.until(lambda: any(each.isVisible() for each in window.findChildren(QDialog)))
        loop.settle()
        for dialog in [each for each in window.findChildren(QDialog) if each.isVisible()]:
            yield name, dialog
            dialog.reject()
        loop.settle()
    for name, leaves in (("no branches", []), ("branches", ["b1", "b2", "b3"])):
        desk.wishes.compare.emit(leaves)
        loop.settle()
        yield name, window
    desk.wishes.view.emit("runs")
    loop.until(lambda: window.panes.view("runs").sheet.chart.isVisible())
    loop.settle()
    yield "runs", window
    desk.wishes.view.emit("stage")
    desk.session.show(None)
    loop.settle()
    yield "no play", window


def wrong(made: Iterator[tuple[str, QWidget]]) -> dict[str, list[str]]:
    looked = (clipped, out_of_sight, overlapping)
    found = {name: [each for look in looked for each in look(view)] for name, view in made}
    assert len(found) == len(DIALOGS) + 7
    return {name: each for name, each in found.items() if each}


def test_nothing_is_cut_off_in_the_smallest_window(desk: Desk, shown: Any, loop: Any) -> None:
    assert wrong(views(desk, shown, loop, 1024, 640)) == {}


def test_nothing_is_cut_off_in_a_longer_language_and_all_is_translated(
    desk: Desk, shown: Any, loop: Any, pseudo: Pseudo
) -> None:
    untranslated: set[str] = set()

    def reading() -> Iterator[tuple[str, QWidget]]:
        for name, view in views(desk, shown, loop, 1024, 700):
            untranslated.update(text for _, text in said(view) if OPEN not in text)
            yield name, view

    assert wrong(reading()) == {}
    scenes = [load_scene(file) for file in shipped("scenes")]
    about = {f"{each.setting}\n{', '.join(one.label for one in each.cast)}" for each in scenes}
    own = {text for text in untranslated if "051e6dbd" in text}
    assert untranslated - DATA - own - about - {each.title for each in scenes} == set()


def test_nothing_is_cut_off_with_text_at_200_per_cent(
    desk: Desk, shown: Any, loop: Any, doubled: None
) -> None:
    assert wrong(views(desk, shown, loop, 1024, 700)) == {}
