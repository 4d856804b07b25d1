"""Cues in a real window: whom the model expects, and ghost lines with their four choices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from stage.play.chances import Chance, Chances
from stage.play.line import Cut, Kind
from stage.play.scene import Scene
from tests.ui.helpers import Evening, scene


def modelled(**params: Any) -> Scene:
    return replace(scene(tokens=24), rule="model", params={"by": "base", "floor": 0.01, **params})


def test_the_model_is_asked_at_rest_and_speaks_as_it_expects(evening: Evening) -> None:
    evening.begin(modelled(ceiling=0.5))
    desk, composer = evening.desk, evening.window.centre.composer
    evening.loop.until(lambda: desk.cues.chances() is not None)
    expected = evening.window.right.panels["expected"]
    evening.window.panes.flanks.show_side("right", show=True)
    evening.loop.until(lambda: expected.ask.isHidden())
    names = [each.name for each in expected.shares.shares]
    assert sorted(names) == ["Ada", "Ben", "Guest", "someone new"]
    assert "Guest" in expected.shares.accessibleName()
    chances = desk.cues.chances()
    assert chances is not None
    play, leaf = evening.play, desk.session.leaf()
    assert leaf is not None
    play.expected[leaf.id, "model"] = replace(
        chances, candidates=(Chance("ben", 0.9, -0.1), *chances.candidates[:2])
    )
    desk.session.next_changed.emit()
    wanted = desk.session.decision().queue[0]
    assert composer.next.chips[wanted].isChecked()
    if wanted != "guest":
        evening.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        evening.rest()
        made = desk.session.leaf()
        assert made is not None
        assert made.speaker == wanted


def test_someone_new_comes_in_and_has_a_chip(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def newcomers(*given: Any, **more: Any) -> list[str | None]:
        return [None, "Nell"]  # whether the model thinks of anybody is a matter of chance

    monkeypatch.setattr("stage.director.turns.deciding.newcomers", newcomers)
    evening.begin(modelled(newcomers=True, weights={"Ada": 0.0, "Ben": 0.0, "Guest": 0.0}))
    desk = evening.desk
    evening.loop.until(lambda: desk.cues.chances() is not None)  # what is asked at rest
    evening.window.centre.composer.speak.click()
    evening.loop.until(lambda: any(line.model for line in evening.play.tree))
    evening.rest()
    leaf = desk.session.leaf()
    assert leaf is not None
    entered = evening.play.tree[str(leaf.parent)]
    assert entered.kind is Kind.ENTER
    chips = evening.window.centre.composer.next.chips
    assert str(leaf.speaker) in chips
    assert [*chips][:3] == ["ada", "ben", "guest"]


def test_under_another_rule_the_model_is_asked_on_demand(evening: Evening) -> None:
    evening.begin(scene(tokens=8))
    desk, expected = evening.desk, evening.window.right.panels["expected"]
    evening.window.panes.flanks.show_side("right", show=True)
    evening.loop.until(lambda: expected.state.text() == "not asked yet")
    evening.window.panes.flanks.show_side("right", show=False)
    evening.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    evening.loop.until(lambda: not desk.cues.asking)
    evening.loop.until(lambda: expected.ask.isHidden())
    assert expected.isVisible(), "who asks sees the answer"
    assert len(expected.shares.shares) == 4
    assert desk.session.decision().rule == "round_robin"


def test_what_is_unresolved_is_told_by_the_leaf_alone(desk: Any, part: Any) -> None:
    assert desk.cues.haunted() is None
    tree = part.play.tree
    leaf = desk.session.leaf()
    tree.add(replace(leaf, reason=Cut.LABEL))
    assert desk.cues.haunted().id == leaf.id
    desk.session.move(0, leaf.parent)
    assert desk.cues.haunted() is None
    part.play.expected[desk.session.leaf().id, "model"] = Chances((Chance("ada", 1.0, 0.0),))
    assert desk.cues.chances().of("ada") == 1.0


def test_a_model_writes_the_line_of_whom_one_types_as(desk: Any, part: Any) -> None:
    assert desk.session.typing_as == "guest"
    desk.cues.impersonate()
    turn = part.turns()[0]
    assert (turn.speaker, turn.models) == ("guest", ("base",))


def test_who_wants_a_line_while_the_model_is_asked_gets_it_afterwards(evening: Evening) -> None:
    evening.begin(modelled(ceiling=0.5, weights={"Guest": 0.0}))
    desk, before = evening.desk, evening.desk.session.leaf()
    desk.cues.expect()
    assert desk.cues.asking
    evening.window.centre.composer.speak.click()
    evening.loop.until(lambda: desk.session.leaf() != before, 60)
    evening.rest()
    made = desk.session.leaf()
    assert made is not None
    assert made.speaker in ("ada", "ben")
