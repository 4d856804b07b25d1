"""Rule, comings, masks and summaries are found as actions, and done from there."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from stage.ui.actions.stagecraft import offered
from stage.ui.dialogs.mask import Mask
from stage.ui.dialogs.summaries import Summaries
from tests.ui.helpers import Evening, scene


def test_every_one_opens_what_it_is_about(evening: Evening) -> None:
    evening.begin(scene())
    window, desk = evening.window, evening.desk
    why = {each.id: each.why for each in window.menus.offers()}
    assert why["mask-off"] == "Nobody plays somebody else here."
    assert not any(why[name] for name, *_ in offered() if name != "mask-off")
    for action in ("rule", "come-and-go"):
        window.menus.do(action)
        menu = QApplication.activePopupWidget()
        assert menu is not None
        assert len(menu.actions()) > 1
        menu.close()
    for action, kind in (("mask-on", Mask), ("summaries", Summaries)):
        window.menus.do(action)
        evening.loop.until(lambda kind=kind: window.findChild(kind) is not None)
        window.findChild(kind).reject()
        evening.loop.until(lambda kind=kind: window.findChild(kind) is None)
    assert desk.session.play is not None


def test_a_rule_that_is_chosen_decides_at_once_and_is_taken_back(evening: Evening) -> None:
    evening.begin(scene())
    window, desk = evening.window, evening.desk
    play = desk.session.play
    assert play is not None
    before = play.scene.rule
    window.menus.do("rule")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    next(each for each in menu.actions() if each.text() == "In cast order").trigger()
    menu.close()
    evening.loop.until(lambda: play.scene.rule == "list")
    evening.loop.until(lambda: "in cast order" in window.centre.composer.next.name.toolTip())
    evening.loop.until(lambda: "who speaks next" in desk.steps.back)
    desk.steps.undo()
    evening.loop.until(lambda: play.scene.rule == before)
