from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.panels.facts import FactsPanel
from tests.ui.helpers import Part, detail


def facts(made: FactsPanel) -> dict[str, str]:
    return {name.text(): what.text() for name, what in made._rows if name.isVisible()}


def test_what_is_stored_in_words(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    made = shown(FactsPanel(desk), 300, 400)
    loop.until(lambda: "Sampler" in facts(made))
    assert facts(made) == {
        "Sibling": "1 of 3, seed 41",
        "Model": "stage-chat, take 1",
        "Sampler": "temp 1, nothing cut",
        "Speed": "4.9 tok/s, first 0.09 s",
        "Prompt": "4 tokens, nothing left out",
        "Ended": "the model ended its turn",
        "Persona": f"Ben · {part.play.scene.cast['ben'].persona.version[3:11]}",
    }
    asked: list[str] = []
    desk.wishes.action.connect(asked.append)
    made._prompt.click()
    assert asked == ["prompt"]


def test_marks_and_the_note_are_read_where_the_line_is_told_of(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    made = shown(FactsPanel(desk), 300, 400)
    loop.until(lambda: "Sampler" in facts(made))
    assert not {"Marks", "Note"} & set(facts(made))
    labels = {"chapter": "The scent", "bookmark": True, "tag:late": {}, "note": "<b>Keep</b> it."}
    part.play.tree.add(replace(part.play.tree["b1"], labels=labels))
    desk.session.chose.emit()
    loop.until(lambda: "Note" in facts(made))
    told = facts(made)
    assert [*told][:2] == ["Marks", "Note"]
    assert told["Marks"] == "The scent · bookmarked · #late"
    assert told["Note"] == "<b>Keep</b> it."


def test_of_a_typed_line_nothing_is_told_that_goes_without_saying(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    made = shown(FactsPanel(desk), 300, 400)
    part.play.tree.add(replace(part.play.tree["a"], model=None, reason=None))
    loop.until(lambda: "Sampler" in facts(made))
    desk.session.choose("a")
    loop.until(lambda: [*facts(made)] == ["Persona"])


def test_repairs_and_errors_are_told(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    stored = detail(part.play.tree["b1"], error="The worker died.")
    assert stored.prompt is not None
    prompt = {**stored.prompt, "repairs": ["no system role"], "dropped": [{}, {}]}
    part.details["b1"] = replace(stored, prompt=prompt)
    made = shown(FactsPanel(desk), 300, 400)
    loop.until(lambda: "Error" in facts(made))
    assert facts(made)["Template"] == "no system role"
    assert facts(made)["Prompt"] == "4 tokens, 2 lines left out"


def test_speed_is_what_the_measure_has_and_nothing_where_that_has_none(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    stored = detail(part.play.tree["b1"])
    short = {"total": 0.03, "first_token": 0.01, "tokens": 5}
    for timings, said in ((short, "200.0 tok/s, first 0.01 s"), ({"tokens": 5}, None)):
        part.details["b1"] = replace(stored, timings=timings)
        desk.details._kept.clear()
        made = shown(FactsPanel(desk), 300, 400)
        loop.until(lambda made=made: "Sampler" in facts(made))
        assert facts(made).get("Speed") == said
