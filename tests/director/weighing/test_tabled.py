"""Takes as a table: what `stage stats` tells, in Markdown."""

from __future__ import annotations

from dataclasses import replace

from stage.director.weighing.figures import FEW
from stage.director.weighing.tabled import markdown
from stage.director.weighing.tallying import Group
from stage.measures.average import Average
from stage.measures.measure import Reading
from tests.measures.making import said
from tests.ui import helpers


def test_a_column_for_every_group_and_a_row_for_every_measure() -> None:
    play = helpers.play()
    play.scene = replace(play.scene, title="A | B")
    takes = tuple(said("Yes. No.", id_=each) for each in "ab")
    stop = (Reading(Average(1.0, 2, 0.34, 1.0, "Wilson"), "new_name"),)
    base = Group((("model", "base"),), takes, {("stops", ""): stop})
    chat = Group((("model", "chat"),), takes[:1])
    rows = markdown(play, [base, chat]).splitlines()
    assert rows[0] == "# A &#124; B: takes"
    assert rows[2:5] == [
        "|  | stage-base | stage-chat |", "| --- | --- | --- |", "| Takes | 2 | 1 |",
    ]  # fmt: skip
    assert (
        "| Stopped by | a new name began to speak: 100 % [34, 100] of 2 lines | unknown |" in rows
    )
    assert {row.count(" | ") for row in rows if row.startswith("|")} == {2}
    assert rows[-1] == FEW


def test_takes_that_were_given_their_first_tokens_are_told_apart() -> None:
    free, other = said("Yes.", id_="a"), said("Yes. No.", id_="b")
    assert other.record is not None
    begun = replace(other, record=replace(other.record, given=1))
    groups = [Group((("model", name),), (free, begun)) for name in ("base", "chat")]
    rows = markdown(helpers.play(), groups).splitlines()
    assert "| Of them begun with tokens of another | 1 | 1 |" in rows
    alone = markdown(helpers.play(), [Group((("model", "base"),), (free,))])
    assert "begun" not in alone
