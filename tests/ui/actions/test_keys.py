"""Key presets: nothing is pressed for two things, nothing is bound to an action that is not."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from stage.ui.actions import keys
from stage.ui.actions.table import ACTIONS, MENUS
from stage.ui.desk.desk import Desk
from stage.ui.window.window import Window
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
    assert {each.title for each in PRESETS} == {
        "Stage", "Loomsidian", "pyloom", "SillyTavern", "Tapestry"}  # fmt: skip


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
    assert keys.layer("empty Up") == "empty"
    assert keys.shown("lane J") == "J"
    for key in ("Ctrl+J", "Alt+.", "F6", "Shift+F9", "Esc"):
        assert keys.layer(key) == "everywhere"


def test_where_no_single_letters_are_promised_there_are_none() -> None:
    found = [each for each in PRESETS if "no single letters" in each.about]
    assert [each.id for each in found] == ["loomsidian", "tapestry"]
    keyed = [keys.bare(key) for each in found for _, key in bound(each)]
    assert [key for key in keyed if len(key) == 1 and key.isalnum()] == []


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


def test_as_in_sillytavern_arrows_swipe_while_nothing_is_typed(
    desk: Desk, part: Part, shown: Any
) -> None:
    window = shown(Window(desk), 1100, 700)
    composer = window.centre.composer
    assert not desk.settings.enter_speaks
    desk.prefs.set("keys", "sillytavern")
    assert desk.settings.enter_speaks
    assert composer._hints.labels["speak"].text() == "Enter"
    listed = dict(row for _, rows in window.menus.sheet() for row in rows)
    assert listed["Speak"] == "Enter or Ctrl+Enter"
    assert listed["Go on with the line"].startswith("Alt+Enter")
    composer.words.setFocus()
    QTest.keyClick(composer.words, Qt.Key.Key_Right)
    assert desk.session.lanes[0].leaf == "c", "another one, and what was last said after it"
    desk.session.choose("b2")
    QTest.keyClick(composer.words, Qt.Key.Key_Left)
    assert desk.session.lanes[0].leaf == "b1"
    QTest.keyClicks(composer.words, "e")
    QTest.keyClick(composer.words, Qt.Key.Key_Right)
    assert desk.session.lanes[0].leaf == "b1", "the caret moves"
    assert composer.words.toPlainText() == "e"
    desk.prefs.set("keys", "stage")
    composer.words.clear()
    QTest.keyClick(composer.words, Qt.Key.Key_Right)
    assert desk.session.lanes[0].leaf == "b1"
    assert not desk.settings.enter_speaks, "as one had it before"
    desk.prefs.set("enter_speaks", True)
    for each in ("sillytavern", "stage"):
        desk.prefs.set("keys", each)
    assert desk.settings.enter_speaks


# The table of window.md: keys in Stage, Loomsidian, pyloom, Tapestry; nothing where there are none.
TABLE = """
fan-out          | Ctrl+Space | Ctrl+Space | Ctrl+Space, Ctrl+G, G | Ctrl+Space
again            | Ctrl+Shift+Space, Ctrl+R | Ctrl+Shift+Space | |
parent           | Alt+Left | Alt+Left | Ctrl+Left, Left | Ctrl+Left
child            | Alt+Right | Alt+Right | Ctrl+Right, Right | Ctrl+Right
sibling-before   | Alt+Up | Alt+Up | Ctrl+Up, Up | Ctrl+Up
sibling-after    | Alt+Down | Alt+Down | Ctrl+Down, Down | Ctrl+Down
child-1          | Ctrl+1 | | 1 |
child-5          | Ctrl+5 | | 5 |
child-9          | Ctrl+9 | | |
line-up          | lane K | | , |
line-down        | lane J | | . |
sampler-base     | | | | Ctrl+1
sampler-wild     | | | | Ctrl+5
split            | Alt+S | Alt+S | | Ctrl+S
split-new        | Alt+C | Alt+C | |
new-child        | H | | Alt+Right, H |
new-sibling      | | | Alt+Down |
new-parent       | | | Alt+Left |
merge            | Alt+M | Alt+M | Shift+Left |
move-up          | | | Shift+Up |
move-down        | | | Shift+Down |
reparent         | | | Shift+P |
delete           | Alt+Backspace | Alt+Backspace | Backspace |
bookmark         | Ctrl+B, B | Ctrl+B | Ctrl+B, B |
bookmark-after   | D | | D |
bookmark-before  | A | | A |
hoist            | Alt+H | | Alt+H |
unhoist          | Alt+Shift+H | | Alt+Shift+H |
map-centre       | L | | L | Ctrl+9
map-fit          | Ctrl+0 | | Ctrl+0 | Ctrl+0
history-back     | Alt+- | | Alt+- |
history-forth    | Alt+= | | Alt+= |
root             | R | | R |
walk             | W | | W |
next-unread      | U | | U |
archive          | ! | | ! |
canonical        | * | | * |
note             | # | | # |
pin              | ^ | | ^ |
token-other      | Alt+. | | Alt+. |
token-other-before | Alt+, | | Alt+, |
go-to-id         | Ctrl+Shift+G | Ctrl+Shift+G | Ctrl+Shift+G | Ctrl+Shift+G
find             | Ctrl+F | Ctrl+F | Ctrl+F | Ctrl+F
search           | Ctrl+Shift+F | Ctrl+Shift+F | Ctrl+Shift+F | Ctrl+Shift+F
compare          | Ctrl+D | Ctrl+D | Ctrl+D | Ctrl+D
name             | F2 | F2 | F2 | F2
""".strip()
CLICKS = {"stage": {"line": "Ctrl+Shift", "token": "Alt"}, "loomsidian": {"line": "Shift"},
          "pyloom": {"line": "Ctrl+Shift", "token": "Alt", "split": "Ctrl+Alt"},
          "tapestry": {}}  # fmt: skip
NAMES = ("stage", "loomsidian", "pyloom", "tapestry")


@pytest.mark.parametrize("row", TABLE.splitlines(), ids=lambda row: row.partition(" ")[0])
def test_every_preset_has_the_keys_of_the_design(row: str) -> None:
    action, *wanted = (each.strip() for each in row.split("|"))
    usual = {each.id: each.keys for each in ACTIONS}[action]
    found = [", ".join(keys.preset(name).of(action, usual)) for name in NAMES]
    assert found == wanted


def test_every_preset_has_the_clicks_of_the_design() -> None:
    assert {name: dict(keys.preset(name).clicks) for name in NAMES} == CLICKS


def test_the_map_is_a_letter_away_where_no_text_has_the_keyboard(
    desk: Desk, shown: Any, loop: Any
) -> None:
    window = shown(Window(desk), 1280, 800)
    rows = window.left.panels["outline"].rows
    loop.until(rows.isVisible)
    text = window.centre.lanes[0].text
    text.setFocus()
    desk.session.choose("a")
    QTest.keyClick(text, Qt.Key.Key_J)
    assert (window.panes.at, desk.session.chosen) == ("stage", "b1"), "in a text: a line down"
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_J)
    assert window.panes.at == "map"
