from __future__ import annotations

from PySide6.QtCore import Qt

from stage.ui.map.layout import lay_out
from stage.ui.map.walking import Trail, walk
from tests.ui.map.test_layout import spots

Key = Qt.Key
#        0
#     1     4
#   2   3   5
MADE = lay_out(spots([0, 1, 1, 0, 4]))
PATH = (0, 4, 5)


def test_arrows_lead_to_parent_child_and_siblings() -> None:
    assert walk(MADE, 2, Key.Key_Left, PATH) == 1
    assert walk(MADE, 0, Key.Key_Left, PATH) == -1
    assert walk(MADE, 1, Key.Key_Right, PATH) == 2
    assert walk(MADE, 5, Key.Key_Right, PATH) == -1
    assert walk(MADE, 2, Key.Key_Down, PATH) == 3
    assert walk(MADE, 3, Key.Key_Up, PATH) == 2


def test_right_follows_the_path_on_stage() -> None:
    assert walk(MADE, 0, Key.Key_Right, PATH) == 4
    assert walk(MADE, 0, Key.Key_Right, (0, 1)) == 1


def test_right_leads_back_to_where_one_came_from() -> None:
    trail, at = Trail(), 3
    for key, leads in (
        (Key.Key_Left, 1), (Key.Key_Left, 0), (Key.Key_Right, 1), (Key.Key_Right, 3),
        (Key.Key_Left, 1), (Key.Key_Down, 4), (Key.Key_Up, 1), (Key.Key_Right, 2),
    ):  # fmt: skip
        at = trail.walk(MADE, at, key, PATH)
        assert at == leads


def test_beyond_the_last_sibling_is_the_next_line_of_the_column() -> None:
    assert walk(MADE, 3, Key.Key_Down, PATH) == 5
    assert walk(MADE, 5, Key.Key_Down, PATH) == 5
    assert walk(MADE, 2, Key.Key_Up, PATH) == 2


def test_home_and_end_are_the_ends_of_the_path() -> None:
    assert walk(MADE, 2, Key.Key_Home, PATH) == 4
    assert walk(MADE, 2, Key.Key_End, PATH) == 5
    assert walk(MADE, -1, Key.Key_Down, PATH) == 5
    assert walk(MADE, -1, Key.Key_Down, ()) == 0
