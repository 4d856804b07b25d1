from __future__ import annotations

from typing import Any

from stage.ui.actions.table import ACTIONS
from stage.ui.desk.desk import Desk
from stage.ui.runs.named import ACTS
from stage.ui.runs.sheet import RunSheet
from stage.ui.views.runs import Runs


def test_each_has_an_action_that_goes_to_the_view(shown: Any) -> None:
    titles = {each.id: each.title for each in ACTIONS}
    assert {name: titles[f"run-{name}"] for name in ACTS} == ACTS
    assert {*ACTS} - {"draft"} <= {*shown(RunSheet(), 600, 500).buttons}


def test_a_draft_is_begun_where_nothing_was_run(desk: Desk, shown: Any, loop: Any) -> None:
    view = shown(Runs(desk), 1000, 700)
    loop.settle()
    view.draft.pin("a")
    view.act("draft")
    assert view.draft.line == "b1"
