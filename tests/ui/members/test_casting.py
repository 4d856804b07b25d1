from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from stage.ui.desk.desk import Desk
from stage.ui.members.casting import Casting
from tests.ui.helpers import Part


def test_a_member_is_looked_at_as_of_the_chosen_line(
    desk: Desk, part: Part, loop: Any, qapp: QObject
) -> None:
    casting, told = Casting(desk, desk.session), list[int]()
    casting.changed.connect(lambda: told.append(1))
    assert [each.label for each in casting.cast] == ["Ada", "Ben", "Guest"]
    assert casting.member is not None
    assert (casting.member.id, casting.there) == ("ada", True)
    casting.choose("ben")
    casting.choose("ben")
    assert (casting.member.id, len(told)) == ("ben", 1)
    change = {"cast:ben": {"label": "Benno"}}
    part.play.tree.add(replace(part.play.tree["b1"], labels=change))
    assert casting.member.label == "Benno"
    desk.session.choose("a")
    assert casting.member.label == "Ben", "as of an earlier line"
    casting.do("mute", off=False)
    loop.settle()
    assert ("do", "mute", {"member": "Ben", "off": False, "line": "a"}) in part.asked
    desk.session.show(None)
    assert casting.member is None
    assert not casting.there
    casting.do("mute")
