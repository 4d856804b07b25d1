from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.desk.desk import Desk
from stage.ui.window.bubble import MOST
from stage.ui.window.window import Window

LONG = (
    "/home/ada/Downloads/a folder with a long name/of a file.json is in no format that Stage "
    "reads: no play, card, lorebook, scene, library or GGUF model; convert it first."
)


@pytest.mark.parametrize("wide", [1024, 1280])
def test_a_notice_that_the_foot_has_no_room_for_is_said_whole(
    desk: Desk, shown: Any, wide: int
) -> None:
    window = shown(Window(desk), wide, 700)
    foot, bubble = window.foot, window.foot.bubble
    desk.wishes.said.emit("Saved.")
    assert not bubble.isVisible()
    desk.wishes.said.emit(LONG)
    assert bubble.isVisible()
    assert bubble.text == bubble.accessibleName() == LONG
    assert window.rect().contains(bubble.geometry())
    assert not bubble.geometry().intersects(foot.geometry())
    window.resize(3400, 700)
    assert not bubble.isVisible(), "there is room now"
    window.resize(wide, 700)
    assert bubble.isVisible()
    QTest.mouseClick(bubble, Qt.MouseButton.LeftButton)
    assert not bubble.isVisible()
    assert foot.told[-1][1] == LONG, "Help has it"
    desk.wishes.said.emit(LONG)
    foot._read()
    assert not bubble.isVisible()
    foot._timer.stop()


def test_a_name_without_blanks_and_one_without_end_stay_in_the_window(
    desk: Desk, shown: Any
) -> None:
    window = shown(Window(desk), 1024, 700)
    bubble = window.foot.bubble
    for said in ("x" * 300, "<img src='/dev/zero'>" * 9_000):
        desk.wishes.said.emit(said)
        assert window.rect().contains(bubble.geometry())
        assert len(bubble.text) <= MOST + 1
        bubble.grab()
    window.foot._timer.stop()
