from __future__ import annotations

from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.lens.sight import Meeting
from stage.ui.panels.surprise import SurprisePanel, beside
from tests.ui.lens.test_sight import sight


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


def test_another_models_surprise_stands_beside_the_tokens() -> None:
    one = sight((b" aw", -1.0), (b"ake", -2.0), (b" now", -0.5), text="awake now")
    other = sight((b" awake", -3.0), (b" now", None), text="awake now", model="chat")
    assert beside(Meeting(one, other)) == [1.5, 1.5, None]
    assert beside(Meeting(one, one)) == [1.0, 2.0, 0.5]
