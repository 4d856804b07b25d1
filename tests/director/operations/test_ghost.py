"""What a ghost plans to do; the models themselves are heard in test_haunting."""

from __future__ import annotations

from typing import Any

import pytest

from stage.director.operations import OPERATIONS
from stage.director.operations.operation import Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import NewLine, SetLabel
from stage.play.cutting import CutRule
from stage.play.line import Kind, Line
from stage.play.spoken import Spoken
from stage.play.tree import Tree
from tests.director.operations.acting import Act
from tests.play.making import cast
from tests.ui.helpers import scene

CAST = cast("ada", "bo", "di_h")


def plan(raw: str, choice: str) -> Plan:
    root = Line("r", None, "p", Kind.SCENE, None, "")
    line = Line("1", "r", "p", Kind.SPEECH, "ada", "Hi.", model="base")
    rule = CutRule.of(CAST["ada"], CAST, blocks=True)
    spoken = Spoken((b"Hi.\n", raw.encode()), f"Hi.\n{raw}", 3, rule, "Hi.")
    ids = (f"new-{number}" for number in range(9))
    view = View(Tree([root, line]), scene(), line, lambda: next(ids), {"1": spoken}, CAST)
    operation = OPERATIONS["ghost"]
    return operation.plan(view, operation.arguments({"choice": choice}))


def test_each_choice_plans_its_own() -> None:
    kept, given, both = (plan("Bo: x", choice) for choice in ("keep", "give", "fork"))
    assert kept.voiced is not None
    assert (kept.voiced.line, kept.voiced.parent, kept.voiced.speaker) == ("1", "1", "bo")
    assert kept.turn is None
    assert given.voiced is None
    assert given.turn is not None
    assert (given.turn.speaker, given.turn.models, given.turn.parent) == ("bo", ("base",), "1")
    assert both.turn is not None
    assert both.voiced is not None
    assert both.turn.mark == both.voiced.mark != ""
    assert plan("Bo: x", "leave").changes == [SetLabel("1", "ghost", value="left")]
    shown = plan("Bo: x", "show").voiced
    assert shown is not None
    assert shown.parent is None


def test_a_stranger_comes_in_first_and_a_person_is_not_played() -> None:
    made = plan("Carol: x", "keep")
    enters = next(each for each in made.changes if isinstance(each, NewLine))
    assert (enters.kind, enters.parent) == (Kind.ENTER, "1")
    assert made.voiced is not None
    assert (made.voiced.parent, made.voiced.speaker) == (enters.id, enters.speaker)
    with pytest.raises(BadInput, match="No model plays"):
        plan("Di_h: x", "give")
    assert plan("Di_h: x", "keep").voiced is not None
    with pytest.raises(BadInput, match="there is no ghost"):
        plan("nothing", "keep")


def test_leaving_is_a_step_that_can_be_undone(act: Any) -> None:
    async def work(act: Act) -> None:
        line = await act.line(await act.add(act.made.root, "Hello"))
        with pytest.raises(BadInput, match="no ghost"):
            await act.do("ghost", line.id, choice="leave")
        with pytest.raises(BadInput, match="one of keep"):
            await act.do("ghost", line.id, choice="burn")

    act(work)
