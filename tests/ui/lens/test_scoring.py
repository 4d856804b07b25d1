"""What is being scored, and a stop."""

from __future__ import annotations

from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.lens.scoring import Scoring


def test_it_is_there_while_something_is_scored_and_stops_it(
    desk: Desk, shown: Any, monkeypatch: Any
) -> None:
    stopped: list[bool] = []
    monkeypatch.setattr(desk.looks, "stop", lambda *_: stopped.append(True))
    row = shown(Scoring(desk), 400, 30)
    assert row.isHidden() or not row.state.text()
    desk.looks._say("<b>base</b> reads 3 of 40 tokens")
    assert row.isVisible()
    assert row.state.text() == row.state.accessibleName() == "<b>base</b> reads 3 of 40 tokens"
    row.stop.click()
    assert stopped
    desk.looks._say("")
    assert row.isHidden()
