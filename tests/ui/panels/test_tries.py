from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from stage.director.events import TurnEnded
from stage.ui.desk.desk import Desk
from stage.ui.panels.tries import TriesPanel
from stage.ui.window.window import Window
from tests.ui.helpers import Part, desk_of, line


def test_three_things_do_what_they_say(desk: Desk, part: Part, shown: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    panel = window.right.panels["tries"]
    assert isinstance(panel, TriesPanel)
    both, sibling, tint = panel.links
    decision = desk.session.decision()
    assert part.play.scene.cast[decision.queue[0]].human  # and yet the models go on
    said = [each.text() for each in panel.findChildren(QLabel)]
    assert {"Ctrl+T", "Alt+Down", "Ctrl+Shift+Enter"} <= set(said)
    both.click()
    assert len(desk.session.lanes) == 2
    assert {model for turn in part.turns() for model in turn.models} == {"base", "chat"}
    assert panel._keys[0].text() != "done", "two lanes are not yet two lines"
    lines = [line(name, "b1", model=name) for name in ("base", "chat")]
    part.told.fire(TurnEnded("p", "b1", (lines[0],)))
    assert panel._keys[0].text() != "done", "one of them went on"
    for at, each in enumerate(lines):
        part.play.tree.add(each)
        desk.session.move(at, each.id)
    part.told.fire(TurnEnded("p", "b1", (lines[1],)))
    tint.click()
    assert desk.settings.colour_tokens
    assert [key.text() for key in panel._keys] == ["done", "Alt+Down", "done"]
    desk.session.choose("b1")
    sibling.click()
    assert desk.session.chosen == "b2"
    assert not panel.isVisible(), "all were tried: for good, in any play"
    desk.session.show(part.play)
    assert not panel.isVisible()


def test_where_there_is_one_model_it_fans_out(desk: Desk, part: Part, shown: Any) -> None:
    del part.play.scene.models["chat"]
    panel = shown(Window(desk), 1280, 800).right.panels["tries"]
    assert isinstance(panel, TriesPanel)
    said = [panel.links[0].text(), *(each.text() for each in panel._keys)]
    assert "models" not in said[0]
    assert said[1] == "Ctrl+Space"
    panel.links[0].click()
    (turn,) = part.turns()
    assert turn.takes > 1
    part.told.fire(TurnEnded("p", turn.parent, (part.play.tree["b1"], part.play.tree["b2"])))
    assert panel._keys[0].text() == "done"


def test_put_away_for_good_and_had_again(desk: Desk, part: Part, shown: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    panel = window.right.panels["tries"]
    assert panel.isVisible()
    panel._put_away()  # type: ignore[attr-defined]
    assert not panel.isVisible()
    later = desk_of(part, desk.session.saved)
    later.session.show(part.play)
    made = shown(TriesPanel(later))
    made.refresh()
    assert made.isHidden()
    window.menus.do("tries")
    assert panel.isVisible()


def test_what_an_older_window_put_away_stays_away(desk: Desk, shown: Any) -> None:
    desk.session.saved.put("tried", True)
    made = shown(TriesPanel(desk))
    made.refresh()
    assert made.isHidden()
