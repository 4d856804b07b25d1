from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from stage.ui.desk.desk import Desk
from stage.ui.lens.strip import Legend


def test_the_legend_is_there_while_tokens_are_coloured(desk: Desk, shown: Any) -> None:
    host = shown(QWidget(), 700, 40)
    made = Legend(desk, host)
    assert made.isHidden()
    desk.prefs.set("colour_tokens", True)
    assert not made.isHidden()
    assert "6 nats" in made.scale.accessibleName()
    desk.prefs.set("colour_by", "difference")
    assert made.scale.accessibleName().startswith("Likelier to stage-base, or to stage-chat")
    made.by.setCurrentIndex(1)
    made.by.activated.emit(1)
    assert desk.settings.colour_by == "entropy"
    assert made.scoring.isHidden()
    desk.looks._say("stage-chat reads 3 of 40 tokens")
    assert made.scoring.state.text() == "stage-chat reads 3 of 40 tokens"
    assert not made.scoring.isHidden()
    desk.session.show(None)
    assert made.isHidden()
