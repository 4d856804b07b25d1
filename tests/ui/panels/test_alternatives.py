from __future__ import annotations

from typing import Any

from stage.play.line import Status
from stage.ui.desk import Desk
from stage.ui.panels.alternatives import AlternativesPanel
from tests.ui.helpers import Part, line


def test_the_likeliest_tokens_at_a_place(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    made = shown(AlternativesPanel(desk), 300, 300)
    loop.until(lambda: bool(made._about.text()))
    assert made._about.text() == "Token 1 of 3: On"
    desk.wishes.token.emit("b1", 2)
    assert made._about.text() == "Token 3 of 3: ."
    assert "37 %" in made._bars.accessibleName()
    assert "other2" in made._bars.accessibleName()
    made.step(-1)
    assert made._about.text() == "Token 2 of 3: e"
    made.step(-5)
    assert made._about.text() == "Token 2 of 3: e"


def test_lines_without_tokens_say_so(desk: Desk, part: Part, shown: Any) -> None:
    made = shown(AlternativesPanel(desk), 300, 300)
    part.play.tree.add(line("t", "b1", "Typed.", "guest", model=None, reason=None))
    desk.session.move(0, "t")
    assert made._about.text() == "A typed line has no tokens."
    part.play.tree.add(line("u", "t", status=Status.RUNNING, reason=None))
    desk.session.move(0, "u")
    assert made._about.text() == "Shown when the line has ended."
