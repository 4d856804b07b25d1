from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.play.line import Kind
from stage.ui.desk.desk import Desk
from stage.ui.panels.surprise import SurprisePanel
from tests.ui.helpers import Part, line


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


def test_what_cannot_be_scored_is_not_said_to_be_unscored_yet(
    desk: Desk, part: Part, shown: Any
) -> None:
    made = shown(SurprisePanel(desk), 300, 80)
    for kind, said in ((Kind.SPEECH, "No token of it is scored yet."),
                       (Kind.OOC, "Only what somebody says is scored.")):  # fmt: skip
        typed = line(kind.value, "b1", "Typed.", "guest", model=None, reason=None)
        part.play.tree.add(replace(typed, kind=kind))
        desk.session.move(0, typed.id)
        desk.session.choose(typed.id)
        made._show()
        assert made.spark.nothing == said
