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
