from __future__ import annotations

from typing import Any

from stage.ui.actions.nicknames import NICKNAMES
from stage.ui.actions.table import ACTIONS
from stage.ui.desk.desk import Desk
from stage.ui.models.offers import OffersModel
from stage.ui.window.window import Window


def test_the_words_of_other_programs_find_the_action(desk: Desk, shown: Any) -> None:
    assert set(NICKNAMES) <= {each.id for each in ACTIONS}
    rows = OffersModel(shown(Window(desk), 1200, 760).menus.offers())
    for typed, wanted in (
        ("prune", "prune"), ("collapse", "fold"), ("regen", "again"), ("generate", "fan-out"),
        ("re-parent", "reparent"),
    ):  # fmt: skip
        rows.find(typed)
        first = rows.offer(0)
        assert first is not None
        assert first.id == wanted, typed
