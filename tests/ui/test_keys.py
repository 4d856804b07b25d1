"""Key presets: nothing is pressed for two things, nothing is bound to an action that is not."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from stage.ui import keys
from stage.ui.actions import ACTIONS, MENUS
from stage.ui.desk import Desk
from stage.ui.window import Window
from tests.ui.helpers import Part

PRESETS = keys.presets()
IN_ALL = {
    "speak": "Ctrl+Return", "stop": "Esc", "undo": "Ctrl+Z", "redo": "Ctrl+Shift+Z",
    "plays": "Ctrl+P", "palette": "Ctrl+Shift+P", "pane": "F6", "shortcuts": "Ctrl+/",
}  # fmt: skip


def bound(preset: keys.Preset) -> list[tuple[str, str]]:
    """(action, key) of everything a preset binds."""
    return [(each.id, key) for each in ACTIONS for key in preset.of(each.id, each.keys)]


def test_the_presets_that_are_promised() -> None:
    assert next(each.id for each in PRESETS) == "stage"
    assert {each.title for each in PRESETS} == {"Stage", "Loomsidian", "pyloom", "Tapestry"}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda each: each.id)
def test_no_key_does_two_things(preset: keys.Preset) -> None:
    assert set(preset.keys) <= {each.id for each in ACTIONS}
    for place in ("lane", "beside"):  # what acts while a text, or the outline, has the keyboard
        there = [
            key for _, key in bound(preset) if keys.layer(key) in ("everywhere", "reading", place)
        ]
        pressed = Counter(QKeySequence(keys.bare(key)).toString() for key in there)
        assert [key for key, many in pressed.items() if many > 1 or not key] == [], place
    openers = {f"Alt+{title[title.index('&') + 1].upper()}" for title in MENUS}
    assert len(openers) == len(MENUS)
    assert not openers & {QKeySequence(key).toString() for _, key in bound(preset)}
    usual = {action: preset.of(action, next(each.keys for each in ACTIONS if each.id == action))
             for action in IN_ALL}  # fmt: skip
    assert {action: key for action, key in IN_ALL.items() if key not in usual[action]} == {}


def test_letters_and_arrows_act_only_where_one_reads() -> None:
    assert keys.layer("J") == keys.layer("Shift+Left") == keys.layer("*") == "reading"
    assert (keys.layer("lane J"), keys.layer("beside J")) == ("lane", "beside")
    assert keys.shown("lane J") == "J"
    for key in ("Ctrl+J", "Alt+.", "F6", "Shift+F9", "Esc"):
        assert keys.layer(key) == "everywhere"


def test_a_preset_is_in_force_at_once(desk: Desk, part: Part, shown: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    desk.prefs.set("keys", "pyloom")
    text = window.centre.lanes[0].text
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Left)
    assert desk.session.lanes[0].leaf == "a"
    QTest.keyClick(text, Qt.Key.Key_2)  # the second child
    assert desk.session.lanes[0].leaf == "b2"
    QTest.keyClick(text, Qt.Key.Key_Down)
    assert desk.session.chosen == "b3"
    window.focus_on("composer")
    QTest.keyClick(window.centre.composer.words, Qt.Key.Key_2)
    assert window.centre.composer.words.toPlainText() == "2"
    desk.prefs.set("keys", "stage")
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_2)
    assert desk.session.chosen == "b3"


# What window.md gives each preset for the tree; "": none.
OF_THE_TREE = {
    "stage": {
        "hoist": "Alt+H", "unhoist": "Alt+Shift+H", "walk": "W", "history-back": "Alt+-",
        "history-forth": "Alt+=", "find": "Ctrl+F", "token-other": "Alt+.", "pin": "^",
        "token-other-before": "Alt+,", "go-to-id": "Ctrl+Shift+G", "name": "F2",
        "split-new": "Alt+C", "move-up": "", "reparent": "",
    },
    "pyloom": {
        "hoist": "Alt+H", "unhoist": "Alt+Shift+H", "walk": "W", "history-back": "Alt+-",
        "find": "Ctrl+F", "token-other": "Alt+.", "pin": "^", "split-new": "", "name": "F2",
        "move-up": "Shift+Up", "move-down": "Shift+Down", "reparent": "Shift+P",
    },
    "loomsidian": {
        "hoist": "", "walk": "", "history-back": "", "find": "Ctrl+F", "token-other": "",
        "pin": "", "go-to-id": "Ctrl+Shift+G", "name": "F2", "split-new": "Alt+C",
    },
    "tapestry": {
        "hoist": "", "walk": "", "history-forth": "", "find": "Ctrl+F", "token-other": "",
        "pin": "", "go-to-id": "Ctrl+Shift+G", "name": "F2", "split-new": "",
    },
}  # fmt: skip


@pytest.mark.parametrize("preset", PRESETS, ids=lambda each: each.id)
def test_the_tree_has_its_keys_in_every_preset(preset: keys.Preset) -> None:
    usual = {each.id: each.keys for each in ACTIONS}
    wanted = OF_THE_TREE[preset.id]
    assert {name: (*preset.of(name, usual[name]), "")[0] for name in wanted} == wanted
