from __future__ import annotations

from typing import Any

from stage.play.line import Status
from stage.ui.desk.desk import Desk
from stage.ui.panels.alternatives import AlternativesPanel
from tests.ui.helpers import Part, line


def test_the_likeliest_tokens_at_a_place(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    made = shown(AlternativesPanel(desk), 300, 400)
    loop.until(lambda: made.about.text() == "1 of 3")
    assert made.title.text() == "Token \u201cOn\u201d"
    assert made.names.text() == "stage-chat"
    desk.wishes.token.emit("b1", 2)
    assert made.title.text() == "Token \u201c.\u201d"
    assert [(each.words, each.parts[0].figure) for each in made.list.options.rows] == [
        (".", "0.368"), ("other2", "0.135")]  # fmt: skip
    assert "unknown" in made.facts.text()  # no entropy is stored
    made.step(-1)
    assert made.about.text() == "2 of 3"
    made.list.stepped.emit(-5)
    assert made.about.text() == "2 of 3"
    loop.until(lambda: "not loaded" in made.asks.toolTip())
    assert made.asks.text() == "Let stage-base and stage-chat read it"


def test_a_stored_token_alone_offers_no_branch_without_its_prompt(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    made = shown(AlternativesPanel(desk), 300, 400)
    loop.until(lambda: bool(made.list.options.rows))
    failed: list[str] = []
    desk.turns.failed.connect(lambda at, sentence, turn: failed.append(sentence))
    made.list.begin()
    made.list.wanted.emit(made.list.chosen(), False)
    loop.until(lambda: bool(failed))
    assert "not known" in failed[0]
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    made.list.wanted.emit(made.list.chosen(), True)
    assert said == ["That model has no such token here; branch by the other one."]


def test_lines_without_tokens_say_so(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    made = shown(AlternativesPanel(desk), 300, 400)
    part.play.tree.add(line("t", "b1", "Typed.", "guest", model=None, reason=None))
    desk.session.move(0, "t")
    loop.until(lambda: made.about.text() == "No model has read this line yet.")
    assert not made.asks.isHidden()
    assert made.list.isHidden()
    part.play.tree.add(line("u", "t", status=Status.RUNNING, reason=None))
    desk.session.move(0, "u")
    loop.until(lambda: made.about.text() == "Shown when the line has ended.")
    assert made.asks.isHidden()
