from __future__ import annotations

from collections import Counter

from stage.ui.actions.needs import REASONS
from stage.ui.actions.table import ACTIONS, MENUS, key_of
from stage.ui.views import VIEWS


def test_ids_are_unique() -> None:
    assert [name for name, many in Counter(each.id for each in ACTIONS).items() if many > 1] == []


def test_every_action_is_told_and_says_why_it_is_off() -> None:
    menus = {each.menu.partition("/")[0] for each in ACTIONS}
    assert menus == {*MENUS, ""}
    assert {each.needs for each in ACTIONS} <= set(REASONS)
    assert all(text for needs, text in REASONS.items() if needs != "nothing")
    assert all(each.name and each.name == each.name.strip(" -.") for each in ACTIONS)


def test_the_key_shown_follows_the_preset() -> None:
    assert key_of("speak", "stage") == "Ctrl+Enter"
    assert key_of("split", "stage") == "Alt+S"
    assert key_of("split", "tapestry") == "Ctrl+S"
    assert key_of("split", "pyloom") == ""
    assert key_of("split", "no such preset") == "Alt+S"


def test_every_view_of_the_rail_has_an_action() -> None:
    assert {f"view-{name}" for name in VIEWS.names} <= {each.id for each in ACTIONS}
