"""One replay of the branch on stage: read when it is wanted, forgotten when another is shown."""

from __future__ import annotations

from typing import Any

from stage.director.replaying import Replay
from stage.kit.errors import BadInput
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part


def reads(part: Part) -> list[Any]:
    return [each[1] for each in part.asked if each[0] == "replay"]


def test_it_is_read_once_when_somebody_moves_in_it(desk: Desk, part: Part, loop: Any) -> None:
    reel = desk.reel
    assert (reel.leaf, reel.lines, reel.player.replay) == ("b1", 2, None)
    done: list[str] = []
    reel.want(lambda: done.append("first"))
    assert reel.sentence == "Reading the record ..."
    reel.want(lambda: done.append("last"))
    loop.until(lambda: reel.shown is not None)
    assert done == ["last"], "of what was asked for meanwhile the last counts"
    assert [each.id for each in reel.shown.entries()] == ["a", "b1"]
    reel.want(lambda: done.append("at once"))
    assert done[-1] == "at once"
    assert reads(part) == ["b1"]


def test_another_branch_is_another_record(desk: Desk, part: Part, loop: Any) -> None:
    reel = desk.reel
    reel.want()
    desk.session.move(0, "c")  # before it came
    assert (reel.leaf, reel.lines, reel.sentence) == ("c", 3, "")
    loop.settle()
    assert reel.shown is None, "nobody wants the one that came late"
    reel.want()
    loop.until(lambda: reel.shown is not None)
    assert reads(part) == ["b1", "c"]
    desk.session.show(None)
    assert (reel.shown, reel.player.replay) == (None, None)
    assert reel.sentence == "No play is open; choose one in the library."


def test_a_record_that_cannot_be_read_says_why_and_is_asked_for_again(
    desk: Desk, part: Part, loop: Any, monkeypatch: Any
) -> None:
    async def torn(line: str) -> Replay:
        raise BadInput("The record is torn.")

    with monkeypatch.context() as patched:
        patched.setattr(part, "replay", torn)
        desk.reel.want()
        loop.until(lambda: desk.reel.sentence == "The record is torn.")
    desk.reel.want()
    loop.until(lambda: desk.reel.shown is not None)
