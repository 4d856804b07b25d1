from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from stage.director.rerunning import Difference, Rerun
from stage.director.turns.performing import Turn
from stage.kit.errors import KnownError
from stage.ui.desk.desk import Desk
from stage.ui.replay import again as module
from stage.ui.replay.again import Again
from tests.ui.helpers import Part, line


def rerun_of(*differences: Difference | None, error: str = "") -> Any:
    async def made(*given: Any) -> Any:
        for number, difference in enumerate(differences, 1):
            was, now = line(f"w{number}", "r"), line(f"n{number}", "r")
            yield Rerun(was, now, True, difference, number, len(differences))
        if error:
            raise KnownError(error)

    return made


def test_what_came_of_it_is_told_and_both_leaves(desk: Desk, loop: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "rerun", rerun_of(None, Difference(4, None, None)))
    owner = QObject()
    again = Again(desk, owner)
    told: list[str] = []
    ended: list[tuple[str, str]] = []
    again.told.connect(told.append)
    again.ended.connect(lambda old, new: ended.append((old, new)))
    loop.run(again.perform("b1", "Ada", "seed", "7"))
    assert "line 1 of 2" in told
    assert told[-1] == "2 lines; the first that differs is line 2, at token 5."
    assert ended == [("b1", "n2")]
    assert not again.running


def test_a_failure_is_told_in_its_own_words(desk: Desk, loop: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "rerun", rerun_of(error="No such member."))
    owner = QObject()
    again = Again(desk, owner)
    told: list[str] = []
    again.told.connect(told.append)
    loop.run(again.perform("b1", "Nobody", "seed", "7"))
    assert told[-1] == "No such member."


def test_a_stop_says_no_more_lines(desk: Desk, loop: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "rerun", rerun_of(None, None, None))
    owner = QObject()
    again = Again(desk, owner)
    ended: list[str] = []
    again.told.connect(lambda said: again.stop() if said.startswith("line 1") else None)
    again.ended.connect(lambda old, new: ended.append(new))
    loop.run(again.perform("b1", "Ada", "seed", "7"))
    assert ended == ["n1"]


def test_a_stop_ends_nothing_but_what_it_performs(
    desk: Desk, part: Part, loop: Any, monkeypatch: Any
) -> None:
    stopped: list[str] = []

    class Said:
        def __init__(self, name: str, replay: dict[str, str] | None) -> None:
            self.turn, self.stop = Turn("a", "ada", ("base",), replay=replay), self._stop
            self.name = name

        def _stop(self) -> None:
            stopped.append(self.name)

    part.running = Said("a lane's", None), Said("the replay's", {"id": "1", "words": "once more"})
    owner = QObject()
    Again(desk, owner).stop()
    assert stopped == ["the replay's"]
    assert not any(each[0] == "stop" for each in part.asked)
