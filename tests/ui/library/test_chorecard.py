from __future__ import annotations

from typing import Any

from stage.ui.desk.chores import Chore
from stage.ui.desk.desk import Desk
from stage.ui.library.chorecard import ChoreCard


def test_it_can_be_stopped_while_it_goes_on_and_closed_after(desk: Desk, shown: Any) -> None:
    chores, chore = desk.chores, Chore("Import of x")
    chores.all = [chore]
    card = shown(ChoreCard(chores, chore), 600)
    chore.work.begin("reading", 200)
    chore.work.on(100)
    chore.said = "reading 50 %"
    chores.progressed.emit()
    assert card.bar.accessibleName() == "Import of x, 50 %"
    assert (card.stop.isVisible(), card.close_.isVisible()) == (True, False)
    card.stop.click()
    assert (chore.state, card.stop.isEnabled()) == ("stopping", False)
    chore.state, chore.rows, chore.play = "done", ("dropped: notes",), "p"
    opened: list[str] = []
    card.opened.connect(opened.append)
    chores.changed.emit()
    assert card.rows.model().rowCount() == 1
    assert (card.stop.isVisible(), card.bar.isVisible()) == (False, False)
    card.open.click()
    assert opened == ["p"]
    card.close_.click()
    assert chores.all == []
