"""Summaries of a branch: what they stand for, another text for them, none."""

from __future__ import annotations

from typing import Any

import pytest

from stage.director.summing import summaries, would_cover
from stage.kit.errors import BadInput
from tests.director.operations.acting import Act
from tests.director.operations.conftest import act as act  # the fixture


def test_an_edited_summary_stands_for_the_same_lines_and_a_dropped_one_for_none(act: Any) -> None:
    async def work(act: Act) -> None:
        play, at = await act.director.open(act.made.play), act.made.root
        for number in range(3):
            at = await act.add(at, f"line {number}")
        assert [line.text for line in would_cover(play, at, "ada", at)][:2] == ["line 0", "line 1"]
        (made,) = (await act.do("summarise", at, member="Ada", last=at, text="Much.")).made
        after = await act.add(made, "after")
        (known,) = summaries(play, after)
        assert [line.text for line in known.of] == ["line 0", "line 1", "line 2"]
        (other,) = (await act.do("edit", made, text="Much was said.", onward=True)).made
        assert play.path(after)[-2].id == other
        (known,) = summaries(play, after)
        assert (known.line.text, len(known.of)) == ("Much was said.", 3)
        await act.do("delete", other, only=True)
        assert summaries(play, after) == []
        await act.undo()
        assert [each.line.id for each in summaries(play, after)] == [other]
        with pytest.raises(BadInput, match="fewer than two"):
            would_cover(play, after, "ada", at)

    act(work)
