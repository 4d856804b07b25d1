"""A whole play made, branched, compared and exported on the real models: nothing but keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from stage.director.wardrobe import shipped
from stage.play.line import Line
from stage.ui.dialogs.export import Export
from stage.ui.dialogs.new_play import NewPlay
from stage.ui.dialogs.palette import Palette
from tests.ui.helpers import Evening, scene

CTRL, ALT, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
Key = Qt.Key
TYPED = "Two steps, then nothing."


class Keyboard:
    """Presses keys where the keyboard is, be it a dialog or the window."""

    def __init__(self, evening: Evening) -> None:
        self.evening = evening
        self.loop = evening.loop

    def place(self) -> QWidget:
        """Where the keyboard is."""
        top = QApplication.activeModalWidget() or self.evening.window
        top.activateWindow()
        return top.focusWidget() or top

    def press(self, key: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.place(), key, with_)
        self.loop.settle()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.place(), words)
        self.loop.settle()

    def asked(self, kind: type[QDialog]) -> None:
        """Wait until a dialog has the keyboard."""
        self.loop.until(lambda: isinstance(QApplication.activeModalWidget(), kind))

    def answered(self) -> None:
        """Wait until no dialog has it."""
        self.loop.until(lambda: QApplication.activeModalWidget() is None)
        self.evening.window.activateWindow()
        self.loop.until(self.evening.window.isActiveWindow)

    def action(self, words: str) -> None:
        """Do an action by a few letters of its name."""
        self.press(Key.Key_P, CTRL | SHIFT)
        self.asked(Palette)
        self.type(words)
        self.press(Key.Key_Return)
        self.answered()


@pytest.mark.models
def test_a_play_is_made_branched_compared_and_exported_by_keys_alone(
    evening: Evening, tmp_path: Path
) -> None:
    evening.begin(scene())
    keys = Keyboard(evening)
    _make(evening, keys)
    takes = _fan_out(evening, keys)
    _branch(evening, keys, takes)
    _compare(evening, keys)
    _export(evening, keys, tmp_path / "stairs.md")


def _make(evening: Evening, keys: Keyboard) -> None:
    """A new play from a scene; somebody types, then whoever is next speaks."""
    keys.press(Key.Key_N, CTRL)
    keys.asked(NewPlay)
    for _ in range(2):  # not a cast of one's own, nor just a text: a scene
        keys.press(Key.Key_Right)
    keys.press(Key.Key_Tab)
    keys.press(Key.Key_Home)
    for _ in range([file.stem for file in shipped("scenes")].index("3-both")):
        keys.press(Key.Key_Down)
    keys.press(Key.Key_Return)
    evening.loop.until(lambda: evening.play.scene.title == "The stairs")
    keys.answered()
    evening.loop.until(lambda: keys.place() is evening.window.centre.composer.words)
    keys.type(TYPED)  # a new play has the keyboard where one types
    keys.press(Key.Key_Return, CTRL)
    evening.loop.until(lambda: _leaf(evening).text == TYPED)
    keys.press(Key.Key_Return, CTRL)
    evening.rest()
    assert _leaf(evening).model == "base"


def _fan_out(evening: Evening, keys: Keyboard) -> list[Line]:
    """Both models say what comes next several times; another sibling is gone to."""
    before = _leaf(evening)
    keys.press(Key.Key_Space, CTRL)
    evening.rest()
    takes = list(evening.play.tree.children(before.id))
    assert {line.model for line in takes} == {"base", "chat"}
    assert len(takes) == 8
    first = _leaf(evening)
    keys.press(Key.Key_Down, ALT)
    assert _leaf(evening).id != first.id
    assert _leaf(evening).parent == before.id
    return takes


def _branch(evening: Evening, keys: Keyboard, takes: list[Line]) -> None:
    """Another token than the one said is gone on from."""
    said = _leaf(evening)
    keys.press(Key.Key_A, CTRL | ALT)
    panel = evening.window.right.panels["alternatives"]
    evening.loop.until(lambda: not evening.desk.looks.words and panel.list.chosen() is not None)
    assert keys.place() is panel.list
    wanted = panel.list.chosen().words
    keys.press(Key.Key_Return)
    evening.loop.until(lambda: len(_siblings(evening, said)) == len(takes) + 1)
    evening.rest()
    assert _leaf(evening).id not in {line.id for line in takes}
    assert _leaf(evening).parent == said.parent
    assert _leaf(evening).text.startswith(wanted.strip(" ␣·"))
    assert keys.place() is evening.window.centre.lanes[0].text


def _compare(evening: Evening, keys: Keyboard) -> None:
    """The siblings stand side by side; the second is rated, preferred and opened."""
    keys.press(Key.Key_D, CTRL)
    assert evening.window.panes.at == "compare"
    compared = evening.desk.compared
    evening.loop.until(lambda: len(compared.columns) == len(compared.leaves) > 1)
    keys.press(Key.Key_Right)
    keys.press(Key.Key_4)
    keys.press(Key.Key_P)
    second = compared.leaves[1]
    evening.loop.until(lambda: compared.rating(1) == 4 and compared.preferred(1))
    keys.press(Key.Key_Return)
    assert evening.window.panes.at == "stage"
    assert _leaf(evening).id == second


def _export(evening: Evening, keys: Keyboard, file: Path) -> None:
    """The path to the chosen line, as Markdown."""
    keys.press(Key.Key_E, CTRL | SHIFT)
    keys.asked(Export)
    keys.press(Key.Key_M)  # the form
    keys.press(Key.Key_Tab)
    keys.press(Key.Key_End)
    keys.press(Key.Key_Up)  # down to the chosen line
    keys.press(Key.Key_Tab)
    keys.press(Key.Key_A, CTRL)
    keys.type(str(file))
    keys.press(Key.Key_Return)
    keys.answered()
    evening.loop.until(lambda: evening.desk.chores.all[0].state == "done")
    written = file.read_text()
    assert TYPED in written
    assert f"({evening.play.title_of(str(_leaf(evening).model))}" in written
    keys.action("stage")
    assert evening.window.panes.at == "stage"


def _leaf(evening: Evening) -> Line:
    leaf = evening.desk.session.leaf()
    assert leaf is not None
    return leaf


def _siblings(evening: Evening, of: Line) -> list[str]:
    return list(evening.play.tree.siblings(of.id))
