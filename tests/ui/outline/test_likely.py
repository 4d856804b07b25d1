"""Siblings by probability: learnt when it is wanted, kept when lines change, told of new ones."""

from __future__ import annotations

from typing import Any

from stage.director.events import Changed, Changes, LineEnded
from stage.play.spot import Spot
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part, line

NATS = {"a": 3.0, "b1": 6.0, "b2": 0.6, "b3": 3.0, "c": 3.0}  # of three tokens each


def shown(desk: Desk) -> list[str]:
    rows = desk.survey.rows
    return [rows.line(at) for at in range(rows.rowCount())]


def test_siblings_stand_by_the_probability_of_their_tokens(
    desk: Desk, part: Part, loop: Any, monkeypatch: Any
) -> None:
    spots = part.spots

    async def told(play: str, after: int, most: int) -> list[Spot]:
        found = await spots(play, after, most)
        return [each._replace(nats=NATS.get(each.id)) for each in found]

    monkeypatch.setattr(part, "spots", told)
    desk.survey.want()
    loop.until(lambda: len(shown(desk)) == 4)
    assert not [each for each in part.asked if each[0] == "spots"], "nobody wanted it"
    desk.survey.look(order="probability")
    loop.until(lambda: shown(desk) == ["a", "b2", "b3", "b1"])
    part.told.fire(Changed(Changes.TREE, "p", ("b3",)))
    assert shown(desk) == ["a", "b2", "b3", "b1"], "a line that changed is as likely as before"
    fresh = line("b4", "a", "Four.", "ben", order=6, model="chat")
    NATS["b4"] = 0.3
    part.play.tree.add(fresh)
    part.told.fire(LineEnded(fresh, 1.0))
    loop.until(lambda: shown(desk) == ["a", "b4", "b2", "b3", "b1"])
    desk.survey.look(order="time")
    assert shown(desk) == ["a", "b1", "b2", "b3", "b4"]
