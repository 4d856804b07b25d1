from __future__ import annotations

from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.panels.surprise import SurprisePanel


def test_surprise_of_the_chosen_line(desk: Desk, shown: Any, loop: Any) -> None:
    made = shown(SurprisePanel(desk), 300, 80)
    loop.until(lambda: bool(made.mean.text()))
    few = "No interval of fewer than 100 tokens."
    assert made.mean.text() == f"stage-chat: 0.50 nats/token of 3\n{few}"
    looked: list[tuple[str, int]] = []

    def token(line_id: str, at: int) -> None:
        looked.append((line_id, at))

    desk.wishes.token.connect(token)
    made.spark.picked.emit(2)
    assert looked == [("b1", 2)]
    loop.until(lambda: not desk.looks.words)
    desk.session.show(None)
    loop.until(lambda: made.mean.text() == "")
