"""What a member receives, on real models: as a turn sends it, and as it was sent."""

from __future__ import annotations

from typing import Any

from stage.director.turns.performing import Turn
from stage.kit.errors import KnownError
from stage.ui.desk.desk import Desk
from stage.ui.members.casting import Casting
from stage.ui.members.receives import Receives
from tests.ui.helpers import Evening, Part, scene


def test_it_is_what_a_turn_sends_and_compares_with_another_s(
    evening: Evening, shown: Any, loop: Any
) -> None:
    evening.begin(scene())
    desk, play = evening.desk, evening.play
    made = shown(Receives(Casting(desk, desk.session)), 700, 500)
    made.refresh()
    loop.until(lambda: "not loaded" in made._about.text())
    assert made.load.isVisible()
    made.load.click()
    loop.until(lambda: "Guest: How many" in made.text.toPlainText(), 60)
    would = made.text.toPlainText()
    assert would.endswith("Ada:")
    assert "tokens for stage-base, transcript" in made._about.text()
    made.other.setCurrentIndex(made.other.findData("ben"))
    made._rest()
    loop.until(lambda: "+Ben:" in made.text.toPlainText(), 30)
    assert "-[About Ada: You count things.]" in made.text.toPlainText()
    made.frame.setCurrentIndex(made.frame.findData("self"))
    made.other.setCurrentIndex(0)
    made._rest()
    loop.until(lambda: "template" in made._about.text() or "self" in made._about.text(), 30)

    work = evening.director.perform(play, Turn(play.leaf, "ada", ("base",))).done()
    line = loop.run(work, 60).lines[0]
    desk.session.move(0, line.id)
    made.was.click()
    made.refresh()
    loop.until(lambda: "evaluated exactly" in made._about.text(), 30)
    assert made.text.toPlainText() == would, "what would be sent is what was sent"
    made._casting.choose("ben")
    made.refresh()
    loop.until(lambda: "No model said the chosen line as Ben" in made._about.text())
    assert made.text.isHidden()


def test_without_a_play_it_says_so(desk: Desk, shown: Any, loop: Any) -> None:
    made = shown(Receives(Casting(desk, desk.session)), 700, 500)
    desk.session.show(None)
    made.refresh()
    loop.until(lambda: made._about.text() == "No play is open.")
    assert made.load.isHidden()


def test_a_prompt_that_cannot_be_read_says_why(
    desk: Desk, part: Part, shown: Any, loop: Any, monkeypatch: Any
) -> None:
    async def lost(line: str) -> Any:
        raise KnownError("The library cannot be read.")

    monkeypatch.setattr(part, "line", lost)
    made = shown(Receives(Casting(desk, desk.session)), 700, 500)
    made._casting.choose("ben")
    made.was.click()
    loop.until(lambda: made._about.text() == "The library cannot be read.")
