from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.desk.desk import Desk
from stage.ui.window.window import Window
from tests.ui.actions.test_lines import done
from tests.ui.helpers import Part


@pytest.fixture
def window(desk: Desk, shown: Any) -> Window:
    made: Window = shown(Window(desk), 1100, 700)
    return made


def test_whom_a_model_plays_next_gets_another_sampler(
    window: Window, part: Part, loop: Any
) -> None:
    window.desk.prefs.set("keys", "tapestry")
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    ((name, given),) = done(part, loop)
    assert (name, given["member"]) == ("recast", "Ada")
    assert json.loads(given["sampler"]) == {"preset": "careful", "max_tokens": 20}


def test_takes_and_their_length_are_found_by_name(window: Window, part: Part, loop: Any) -> None:
    titles = {each.id: each.words for each in window.menus.offers()}
    assert titles["takes-8"] == "Fan out 8 takes"
    window.menus.do("takes-8")
    assert [(each.speaker, each.takes) for each in part.turns()] == [("ada", 8)]
    assert window.centre.composer.takes.value() == 8
    window.menus.do("tokens-64")
    loop.until(lambda: bool(done(part, loop)))
    ((name, given),) = done(part, loop)
    assert (name, given["member"], given["length"]) == ("recast", "Ada", 64)
