"""A choice that adds."""

from __future__ import annotations

from typing import Any

from stage.play.persona import persona
from stage.ui.widgets.adding import Adding


def test_nobody_is_chosen_and_who_is_there_is_not_offered(qapp: Any) -> None:
    made = Adding()
    made.offer({"ada": persona("Ada"), "bo": persona("Bo")}, {"ada"})
    assert [made.itemText(at) for at in range(made.count())] == ["Bo"]
    assert (made.currentIndex(), made.itemData(0)) == (-1, "bo")
