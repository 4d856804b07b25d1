"""The tree of the play on stage is read once somebody looks, and followed from then on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.director.events import Changed, Changes, LineEnded, LineGrew, LineStarted, TurnEnded
from stage.kit.errors import KnownError
from stage.play.line import Status
from stage.ui.desk.desk import Desk
from stage.ui.models.outline import FACE
from tests.ui.helpers import Part, line


def shown(desk: Desk) -> list[str]:
    rows = desk.survey.rows
    return [rows.line(at) for at in range(rows.rowCount())]


def tell(part: Part, *lines: Any, changes: Changes = Changes.TREE, named: bool = True) -> None:
    for each in lines:
        part.play.tree.add(each)
    ids = tuple(each.id for each in lines) if named else ()
    part.told.fire(Changed(changes, "p", ids))


def test_nothing_is_read_until_somebody_looks(desk: Desk, part: Part, loop: Any) -> None:
    loop.settle()
    assert len(desk.survey.rows.outline) == 0
    desk.survey.want()
    loop.until(lambda: shown(desk) == ["a", "b1", "b2", "b3"])


def test_every_change_is_followed(looked: Desk, part: Part, loop: Any) -> None:
    tree = part.play.tree
    tell(part, line("d", "a", "Four.", "ben", order=9))
    assert shown(looked) == ["a", "b1", "b2", "b3", "d"]
    tell(part, replace(tree["b1"], hidden=True))
    assert shown(looked) == ["a", "b2", "b3", "d"]
    tell(part, line("e", "d", "Not named.", order=11), named=False)
    tell(part, line("f", "d", "Nor this.", order=12), named=False)
    loop.until(lambda: shown(looked) == ["a", "b2", "b3", "d", "e", "f"])
    tell(part, *(line(f"m{at:03}", "a", order=20 + at) for at in range(100)))  # many at once
    assert len(shown(looked)) == 106


def test_a_line_being_said_is_seen_and_unread_until_looked_at(
    looked: Desk, part: Part, loop: Any
) -> None:
    said = line("n", "a", "", "ben", status=Status.RUNNING, reason=None, order=0)
    part.play.tree.add(said)
    part.told.fire(LineStarted(said))
    loop.until(lambda: "n" in shown(looked))
    row = shown(looked).index("n")
    assert looked.survey.rows.face(row).running == 1
    grown = replace(said, text="Well then")
    part.play.tree.add(grown)
    part.told.fire(LineGrew(grown, (), 0.1))
    loop.until(lambda: looked.survey.rows.index(row, 0).data() == "Well then")
    ended = replace(grown, status=Status.COMPLETE, order=30)
    part.play.tree.add(ended)
    part.told.fire(LineEnded(ended, 0.2))
    loop.until(lambda: looked.survey.unread == {"n"})
    assert looked.survey.rows.face(row).running == 0
    assert looked.session.saved.of_play("p")["unread"] == ["n"]
    looked.session.move(0, "n")
    assert looked.survey.unread == set()
    loop.until(lambda: looked.survey.rows.index(row, 0).data(FACE).here)


def test_what_another_lane_shows_is_read(looked: Desk, part: Part, loop: Any) -> None:
    looked.session.set_lanes(2)
    for name in ("m", "n"):
        part.play.tree.add(line(name, "a", "Well.", "ben", order=30))
    looked.session.move(1, "m")  # the other lane follows its take
    for name in ("m", "n"):
        part.told.fire(LineEnded(part.play.tree[name], 0.2))
    loop.until(lambda: looked.survey.unread == {"n"})
    looked.session.move(1, "n")
    assert looked.survey.unread == set()


def test_a_take_that_came_to_nothing_is_gone(looked: Desk, part: Part, loop: Any) -> None:
    said = line("n", "a", "", "ben", status=Status.RUNNING, reason=None, order=0)
    part.play.tree.add(said)
    part.told.fire(LineStarted(said))
    part.play.tree.remove("n")
    part.told.fire(TurnEnded("p", "a", (), ("It failed.",)))
    loop.until(lambda: "n" not in shown(looked))


def test_what_is_hoisted_is_all_that_is_shown(looked: Desk, part: Part) -> None:
    root = part.play.tree["r"]
    tell(part, replace(root, labels={"hoist": ["b2"]}))
    assert (shown(looked), looked.survey.rows.hoisted) == (["b2"], ["b2"])
    tell(part, replace(part.play.tree["b2"], hidden=True))
    assert looked.survey.rows.hoisted == []
    assert shown(looked) == ["a", "b1", "b3"]


def test_another_play_and_a_tree_made_anew(looked: Desk, part: Part, loop: Any) -> None:
    part.play.tree = type(part.play.tree)([part.play.tree["r"], part.play.tree["a"]])
    part.told.fire(Changed(Changes.TREE | Changes.PLAYS, "p", ("b1",), (), "purge"))
    loop.until(lambda: shown(looked) == ["a"])
    looked.session.show(None)
    assert shown(looked) == []


def test_what_cannot_be_read_is_told(desk: Desk, part: Part, loop: Any, monkeypatch: Any) -> None:
    class Broken:
        async def stems(self, *given: Any) -> Any:
            raise KnownError("The disk failed; check it.")

    monkeypatch.setattr(part, "library", Broken())
    desk.survey.want()
    loop.until(lambda: desk.survey.trouble == "The disk failed; check it.")
    monkeypatch.undo()
    desk.survey.again()
    loop.until(lambda: shown(desk) == ["a", "b1", "b2", "b3"])


def test_a_large_tree_comes_a_page_at_a_time(desk: Desk, part: Part, loop: Any) -> None:
    for at in range(6_000):
        part.play.tree.add(line(f"m{at:05}", "a", order=50 + at))
    desk.survey.want()
    loop.until(lambda: desk.survey.rows.rowCount() == 6_004, 60)
    desk.survey.look(chains=False)
    assert desk.survey.rows.outline.stale
    tell(part, line("late", "a", order=90_000))  # while the rows are made anew
    loop.until(lambda: desk.survey.rows.rowCount() == 6_006, 60)
