"""Asking for a summary: the lines alone, and no end of the line at a label."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stage.play.cast import Cast
from stage.play.persona import from_card, persona
from stage.play.prompting import FRAMES
from stage.play.prompting.summing import ASKED, OPENED, summary
from tests.play.making import facts
from tests.play.prompting.making import members, path


@pytest.mark.parametrize("name", FRAMES.names)
def test_a_summary_is_asked_for_in_every_frame(name: str) -> None:
    cast_ = members()
    made = summary(FRAMES[name], path(), cast_["ada"], facts(cast_))
    assert [each.line for each in made.segments if each.line] == [each.id for each in path()]
    end = made.segments[-1]
    assert end.text == (OPENED if FRAMES[name].form == "text" or name == "untitled" else ASKED)
    assert "secretly" not in "".join(each.text for each in made.segments)
    assert made.cut.own == ()
    assert name == "prose" or {"Ada", "Bo"} <= set(made.cut.others)


def test_a_summary_has_nothing_of_the_notes_that_stand_among_the_lines() -> None:
    note = {"depth_prompt": {"prompt": "Nobody may know this.", "depth": 1}}
    ada = persona("Ada", description="You watch.")
    ada = from_card({**ada.card, "data": {**ada.card["data"], "extensions": note}}, where="test")
    cast_ = Cast([replace(members()["ada"], persona=ada), members()["bo"]])
    made = summary(FRAMES["transcript"], path(), cast_["ada"], facts(cast_))
    assert "Nobody may know" not in made.text
