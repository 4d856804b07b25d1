from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence

from stage.ui.actions import ACTIONS, MENUS, REASONS


def test_ids_and_keys_are_unique() -> None:
    assert [name for name, many in Counter(each.id for each in ACTIONS).items() if many > 1] == []
    for layer in ("global", "transcript"):
        keys = Counter(
            QKeySequence(key).toString()
            for action in ACTIONS
            if action.layer == layer
            for key in action.keys
        )
        assert [key for key, many in keys.items() if many > 1 or not key] == []


def test_single_letters_act_only_in_the_transcript() -> None:
    letters = [each.id for each in ACTIONS if any(len(key) == 1 for key in each.keys)]
    assert letters
    assert all(each.layer == "transcript" for each in ACTIONS if each.id in letters)


def test_every_action_stands_in_a_menu_and_says_why_it_is_off() -> None:
    assert {each.menu for each in ACTIONS} == set(MENUS)
    assert {each.needs for each in ACTIONS} <= set(REASONS)
    assert all(text for needs, text in REASONS.items() if needs != "nothing")


def test_alt_letters_open_menus_and_nothing_else() -> None:
    openers = {f"Alt+{title[title.index('&') + 1].upper()}" for title in MENUS}
    assert len(openers) == len(MENUS)
    assert not openers & {key for each in ACTIONS for key in each.keys}
