"""Whom the model expects, beside the stage."""

from __future__ import annotations

from typing import Any

import pytest

from stage.play.chances import Chance, Chances
from stage.ui.desk.desk import Desk
from stage.ui.panels.expected import ExpectedPanel
from tests.ui.helpers import Part


def told(desk: Desk, part: Part, chances: Chances) -> str:
    """Let the model have said that of where the lane stands."""
    leaf = desk.session.leaf()
    assert leaf is not None
    part.play.expected[leaf.id, "model"] = chances
    desk.cues.changed.emit()
    return leaf.id


def test_it_is_unknown_until_asked_and_then_told_with_the_newcomer(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    made = shown(ExpectedPanel(desk), 300, 300)
    assert made.state.text() == "not asked yet"
    assert made.ask.isEnabled()
    assert made.key.text() == "Ctrl+J"
    assert made.shares.isHidden()
    told(desk, part, Chances((Chance("guest", 0.6, -1.0), Chance("ada", 0.3, -2.0)), 0.1))
    loop.until(lambda: made.shares.isVisible())
    assert [(each.name, each.share) for each in made.shares.shares] == [
        ("Guest", 0.6), ("Ada", 0.3), ("someone new", 0.1),
    ]  # fmt: skip
    next_ = desk.session.decision().queue[:1]
    strong = [each.name for each in made.shares.shares if each.strong]
    assert [each.lower() for each in strong] == [who for who in next_ if who != "ben"]
    assert made.ask.isHidden()
    leaf = desk.session.leaf()
    assert leaf is not None
    desk.session.move(0, str(leaf.parent))
    loop.until(lambda: made.ask.isVisible())
    assert made.state.text() == "not asked yet"
    assert made.shares.isVisible(), "bars keep their place"
    assert {each.share for each in made.shares.shares} == {None}


def test_a_frame_in_which_hardly_a_name_is_written_says_so(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    made = shown(ExpectedPanel(desk), 300, 300)
    few = Chances((Chance("ada", 1e-6, -20.0),), 0.99, ends=0.86, goes_on=0.139, notes=("why",))
    told(desk, part, few)
    loop.until(lambda: made.state.text() == "Hardly a name: goes on 14 %, ends 86 %")
    assert "why" in made.toolTip()


def test_the_largest_share_stands_first_and_a_name_is_no_markup(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    made = shown(ExpectedPanel(desk), 300, 300)
    told(desk, part, Chances((Chance("ada", 0.2, -1.6),), 0.8, notes=("<img src='x'>",)))
    loop.until(lambda: made.shares.isVisible())
    assert [each.name for each in made.shares.shares] == ["someone new", "Ada"]
    assert [each.figure for each in made.shares.shares] == ["\u226480 %", "20 %"]
    assert "<img" not in made.toolTip()


def test_the_model_is_named_and_another_one_can_be_asked(
    desk: Desk, part: Part, shown: Any, monkeypatch: pytest.MonkeyPatch, loop: Any
) -> None:
    asked: list[str] = []

    async def ask_another(pool: Any, play: Any, leaf: str, name: str) -> Chances:
        asked.append(name)
        return Chances((Chance("ada", 0.7, -0.4),), 0.3, ends=0.02, goes_on=0.5)

    monkeypatch.setattr("stage.ui.composer.cues.ask_another", ask_another)
    made = shown(ExpectedPanel(desk), 300, 300)
    told(desk, part, Chances((Chance("guest", 1.0, 0.0),), ends=0.1))
    loop.until(lambda: made.state.text() == "Before a name: goes on 0 %, ends 10 %")
    assert made.by.text().startswith("stage-base")
    before = desk.session.decision()
    base, chat = made.menu().actions()
    assert (base.isChecked(), chat.text()) == (True, "stage-chat")
    chat.trigger()
    loop.until(lambda: made.by.text().startswith("stage-chat"))
    loop.until(lambda: made.state.text() == "Before a name: goes on 50 %, ends 2 %")
    assert asked == ["chat"]
    assert [each.name for each in made.shares.shares] == ["Ada", "someone new"]
    assert desk.session.decision() == before  # the rule hears nothing of it
    made.menu().actions()[0].trigger()
    loop.until(lambda: [each.name for each in made.shares.shares] == ["Guest"])
    assert asked == ["chat"]


def test_without_a_play_it_is_not_seen(desk: Desk, shown: Any) -> None:
    made = shown(ExpectedPanel(desk), 300, 300)
    desk.session.show(None)
    assert made.isHidden()
