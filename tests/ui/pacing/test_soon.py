from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from stage.ui.pacing.soon import Soon


def test_what_is_asked_for_often_is_done_once_and_not_at_once(qtbot: Any) -> None:
    owner, done = QObject(), []
    soon = Soon(lambda: done.append(1), owner)
    for _ in range(5):
        soon.ask()
    assert done == []
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    assert done == [1]
    soon.ask()
    qtbot.waitUntil(lambda: len(done) == 2, timeout=20_000)
