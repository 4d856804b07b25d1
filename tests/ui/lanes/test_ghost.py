"""A ghost line in a real window: greyed until somebody chooses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.play.ghosts import CUTS
from stage.play.line import Cut
from stage.ui.desk.desk import Desk
from stage.ui.window.window import Window
from tests.ui.helpers import Evening, Part, scene


def haunt(evening: Evening) -> None:
    """Let Ada speak until a line of hers is cut for somebody else's."""
    desk = evening.desk
    desk.session.pick("ada")
    start = desk.session.lanes[0].leaf
    for _ in range(30):
        evening.do(desk.turns.speak, 6)
        evening.rest()
        found = [
            line for line in evening.play.tree.children(start)
            if line.reason in CUTS and line.text
        ]  # fmt: skip
        if found:
            desk.turns.stand(found[0].id)
            evening.loop.settle()
            return
        desk.turns.stand(start)
        desk.session.pick("ada")
    raise AssertionError("no line was cut in 180 takes")


def test_lanes_that_stand_on_one_line_ask_once(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    part.play.tree.add(replace(part.play.tree["c"], reason=Cut.LABEL))
    window = shown(Window(desk), 1280, 800)
    desk.session.move(0, "c")
    desk.session.set_lanes(3)
    desk.session.move(1, "b3")
    loop.until(lambda: not window.centre.lanes[0].ghost.isHidden())
    loop.settle()
    assert [lane.ghost.isHidden() for lane in window.centre.lanes] == [False, True, True]
    desk.session.move(0, "a")
    loop.until(lambda: not window.centre.lanes[2].ghost.isHidden())
    assert window.centre.lanes[0].ghost.isHidden()


def test_a_ghost_line_is_greyed_finished_kept_and_left(evening: Evening) -> None:
    evening.begin(scene(tokens=40))
    desk, ghost = evening.desk, evening.window.centre.lanes[0].ghost
    assert ghost.isHidden()
    haunt(evening)
    line = desk.cues.haunted()
    assert line is not None
    evening.loop.until(lambda: ghost.said.toPlainText() not in ("", "..."))
    assert ghost.isVisible()
    count = len(evening.play.tree)
    ghost.links["show"].click()
    evening.loop.until(lambda: desk.cues.ghost(line.id) is not None)
    finished = desk.cues.ghost(line.id)
    assert finished is not None
    evening.loop.until(lambda: ghost.said.toPlainText() == f"{finished.over.name}: {finished.text}")
    assert ghost.links["show"].isHidden()
    assert len(evening.play.tree) == count
    ghost.links["keep"].click()
    evening.loop.until(lambda: not desk.cues.asking)
    kept = desk.session.leaf()
    assert kept is not None
    assert kept.text == finished.text
    assert kept.speaker != line.speaker or finished.over.member is None
    desk.turns.stand(line.id)
    assert desk.cues.haunted() is None  # something became of it
    evening.loop.until(lambda: ghost.isHidden() or kept.reason in CUTS)
