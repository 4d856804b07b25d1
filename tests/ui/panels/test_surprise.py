from __future__ import annotations

from typing import Any

from stage.ui.desk import Desk
from stage.ui.panels.surprise import SurprisePanel


def test_surprise_of_the_chosen_line(desk: Desk, shown: Any, loop: Any) -> None:
    made = shown(SurprisePanel(desk), 300, 80)
    loop.until(lambda: bool(made._mean.text()))
    assert made._mean.text() == "0.50 nats/token of 3; too few tokens for an interval"
    looked: list[tuple[str, int]] = []

    def token(line_id: str, at: int) -> None:
        looked.append((line_id, at))

    desk.wishes.token.connect(token)
    made._spark.picked.emit(2)
    assert looked == [("b1", 2)]
    desk.session.show(None)
    assert made._mean.text() == ""
