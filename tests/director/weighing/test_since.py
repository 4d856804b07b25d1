"""A number under a model's own frame tells that its speaker's card has changed since."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

from stage.app.house import House
from stage.director.weighing.compared import markdown, rows, spreadsheet
from stage.director.weighing.comparing import compare
from stage.director.weighing.figures import cell, figures
from stage.director.weighing.since import recarded, since
from stage.director.weighing.tallying import tally, under_line, weighed
from stage.measures.measure import Said
from stage.play.scene import Scene
from tests.director.weighing.test_accounting import exported
from tests.director.weighing.test_comparing import performed
from tests.ui.helpers import play as small_play

UNDERS = {"under", "under_bits"}


def test_a_card_edited_above_a_line_is_told_with_its_number(scene: Scene, in_house: Any) -> None:
    async def work(house: House) -> None:
        play, one, other = await performed(house, scene)
        director, first = house.director, str(play.tree[one].parent)
        before = await compare(director, play, [one, other])
        assert all(each.changed == 0 for column in before.columns
                   for found in column.readings.values() for each in found)  # fmt: skip
        (row,) = await exported(house, play.id, one)
        assert row["card_changed"] is False
        # Ben says the last line, after Ada; his card is another from hers on.
        given = {"line": first, "member": "Ben", "field": "description", "text": "He lies."}
        await director.do(play.id, "edit_persona", given)
        made = await compare(director, play, [one, other])
        changed = {
            (key, at): [each.changed for each in found]
            for at, column in enumerate(made.columns)
            for key, found in column.readings.items()
            if any(each.changed for each in found)
        }
        assert {id_ for (id_, _), _ in changed} <= UNDERS, "what is stored holds as it is"
        lines = [said for column in made.columns for said in column.branch]
        assert await since(director.library, play, lines) == {one}
        marked = [each for each in rows(made) if any(each.get("card_changed", ()))]
        assert {each["condition"] for each in marked} <= {"own frame"}
        (row,) = await exported(house, play.id, one)
        assert row["card_changed"] is True
        (row,) = await exported(house, play.id, first)
        assert row["card_changed"] is False, "the edit comes into force after it"

    in_house(work)


def test_takes_tell_it_in_words_in_tables_and_for_machines(scene: Scene, in_house: Any) -> None:
    async def work(house: House) -> None:
        play, one, _ = await performed(house, scene)
        director, first = house.director, str(play.tree[one].parent)
        given = {"line": first, "member": "Ben", "field": "description", "text": "He lies."}
        await director.do(play.id, "edit_persona", given)
        (group,) = await tally(director, play, under_line(play.tree, one))
        marked = await weighed(
            group, ["chat"], {}, await since(director.library, play, group.takes)
        )
        found = {each.measure.id: each for each in figures([marked.readings], ["chat"], of="takes")}
        assert found["under"].changed(0) == found["under_bits"].changed(0) == 1
        assert found["under_same"].changed(0) is found["length"].changed(0) is None
        said = cell(found["under"], 0)
        assert said.endswith(" of 1 line (the speaker's card has changed since: 1 line)")
        branch = await compare(director, play, [one, first])
        column = replace(branch.columns[0], readings=marked.readings)
        told = replace(branch, columns=(column, branch.columns[1]))
        assert "the speaker's card has changed since: 1 line" in markdown(told)
        table = list(csv.DictReader(io.StringIO(spreadsheet(told))))
        (cell_,) = (each for each in table if each["what"] == "under" and each["model"] == "chat"
                    and each["branch"] == "A")  # fmt: skip
        assert cell_["card_changed"] == "1"

    in_house(work)


def test_nobody_knows_of_who_is_gone_or_typed() -> None:
    play = small_play()
    line = play.tree["b1"]
    version = play.scene.cast[str(line.speaker)].persona.version
    assert recarded(play, replace(line, persona_version=version)) is False
    assert recarded(play, replace(line, persona_version="b2:other")) is True
    for unknown in ({"model": None}, {"persona_version": None}, {"speaker": "nobody"}):
        assert recarded(play, replace(line, **{"persona_version": version, **unknown})) is None
    assert not Said(line).made
