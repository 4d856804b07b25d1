"""Rule, comings, masks and summaries are found as actions, and done from there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from stage.ui.actions.stagecraft import offered
from stage.ui.dialogs.mask import Mask
from stage.ui.dialogs.summaries import Summaries
from tests.ui.helpers import Evening, scene


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> list[QMenu]:
    """Menus that were to pop up; without a display they would grab what is not there."""
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, where: shown.append(menu))
    return shown


def test_every_one_opens_what_it_is_about(evening: Evening, menus: list[QMenu]) -> None:
    evening.begin(scene())
    window, desk = evening.window, evening.desk
    why = {each.id: each.why for each in window.menus.offers()}
    assert why["mask-off"] == "Nobody plays somebody else here."
    assert not any(why[name] for name, *_ in offered() if name != "mask-off")
    for action in ("rule", "come-and-go"):
        window.menus.do(action)
        assert len(menus[-1].actions()) > 1
    for action, kind in (("mask-on", Mask), ("summaries", Summaries)):
        window.menus.do(action)
        evening.loop.until(lambda kind=kind: seen(window, kind))
        window.findChild(kind).reject()
        evening.loop.until(lambda kind=kind: not seen(window, kind))
    assert desk.session.play is not None


def seen(window: QWidget, kind: type[QWidget]) -> bool:
    return any(each.isVisible() for each in window.findChildren(kind))


def test_a_rule_that_is_chosen_decides_at_once_and_is_taken_back(
    evening: Evening, menus: list[QMenu]
) -> None:
    evening.begin(scene())
    window, desk = evening.window, evening.desk
    play = desk.session.play
    assert play is not None
    before = play.scene.rule
    window.menus.do("rule")
    next(each for each in menus[-1].actions() if each.text() == "In cast order").trigger()
    evening.loop.until(lambda: play.scene.rule == "list")
    evening.loop.until(lambda: "in cast order" in window.centre.composer.next.name.toolTip())
    evening.loop.until(lambda: "who speaks next" in desk.steps.back)
    desk.steps.undo()
    evening.loop.until(lambda: play.scene.rule == before)
