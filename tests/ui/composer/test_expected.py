"""Whom the model expects, under the composer."""

from __future__ import annotations

from typing import Any

import pytest

from stage.play.chances import Chance, Chances
from stage.ui.composer.expected import Expected
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part


def test_it_is_unknown_until_asked_and_then_told_with_the_newcomer(
    desk: Desk, part: Part, shown: Any
) -> None:
    row = shown(Expected(desk), 700, 24)
    assert row._state.text() == "unknown"
    assert row.ask.isEnabled()
    leaf = desk.session.leaf()
    assert leaf is not None
    told = Chances((Chance("guest", 0.6, -1.0), Chance("ada", 0.3, -2.0)), 0.1)
    part.play.expected[leaf.id, "model"] = told
    desk.cues.changed.emit()
    assert [(each.name, each.share) for each in row.shares.shares] == [
        ("Guest", 0.6), ("Ada", 0.3), ("someone new, at most", 0.1),
    ]  # fmt: skip
    queue = desk.session.decision().queue
    strong = [each.name for each in row.shares.shares if each.strong]
    assert [each.lower() for each in strong] == [who for who in queue[:1] if who != "ben"]
    assert row.ask.isHidden()
    desk.session.move(0, str(leaf.parent))
    desk.cues.changed.emit()
    assert row._state.text() == "unknown"
    assert row.ask.isVisible()


def test_a_frame_in_which_hardly_a_name_is_written_says_so(
    desk: Desk, part: Part, shown: Any
) -> None:
    row = shown(Expected(desk), 700, 24)
    leaf = desk.session.leaf()
    assert leaf is not None
    told = Chances((Chance("ada", 1e-6, -20.0),), 0.99, ends=0.86, goes_on=0.139, notes=("why",))
    part.play.expected[leaf.id, "model"] = told
    desk.cues.changed.emit()
    assert "hardly a name" in row._state.text()
    assert row._state.isVisible()
    assert "why" in row.toolTip()


def test_the_largest_share_stands_first(desk: Desk, part: Part, shown: Any) -> None:
    row = shown(Expected(desk), 700, 24)
    leaf = desk.session.leaf()
    assert leaf is not None
    part.play.expected[leaf.id, "model"] = Chances((Chance("ada", 0.2, -1.6),), 0.8)
    desk.cues.changed.emit()
    assert [each.name for each in row.shares.shares] == ["someone new, at most", "Ada"]


def test_the_model_is_named_and_another_one_can_be_asked(
    desk: Desk, part: Part, shown: Any, monkeypatch: pytest.MonkeyPatch, loop: Any
) -> None:
    asked: list[str] = []

    async def ask_another(pool: Any, play: Any, leaf: str, name: str) -> Chances:
        asked.append(name)
        return Chances((Chance("ada", 0.7, -0.4),), 0.3, ends=0.02, goes_on=0.5)

    monkeypatch.setattr("stage.ui.composer.cues.ask_another", ask_another)
    row = shown(Expected(desk), 900, 24)
    leaf = desk.session.leaf()
    assert leaf is not None
    part.play.expected[leaf.id, "model"] = Chances((Chance("guest", 1.0, 0.0),), ends=0.1)
    desk.cues.changed.emit()
    assert row.by.text().startswith("stage-base")
    assert row.rest.text() == "Before any name: the line goes on 0 %, the text ends 10 %."
    before = desk.session.decision()
    base, chat = row.menu().actions()
    assert (base.isChecked(), chat.text()) == (True, "stage-chat")
    chat.trigger()
    loop.until(lambda: desk.cues.chances() is not None)
    assert asked == ["chat"]
    assert row.by.text().startswith("stage-chat")
    assert [each.name for each in row.shares.shares] == ["Ada", "someone new, at most"]
    assert "goes on 50 %, the text ends 2 %" in row.rest.text()
    assert desk.session.decision() == before  # the rule hears nothing of it
    row.menu().actions()[0].trigger()
    assert [each.name for each in row.shares.shares] == ["Guest"]
    assert asked == ["chat"]
