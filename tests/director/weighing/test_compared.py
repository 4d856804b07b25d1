"""A comparison written down: JSON, Markdown, CSV; blind, it gives nothing away."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stage.director.opened import OpenPlay
from stage.director.weighing.compared import markdown, measured, rows, save, spreadsheet
from stage.director.weighing.comparing import Column, Comparison, lay_out
from stage.director.weighing.figures import cell, heading
from stage.kit.errors import KnownError
from stage.measures import MEASURES
from stage.measures.measure import Said
from stage.play.line import Line
from stage.play.provenance import Recorded
from stage.play.token import Token
from tests.ui import helpers

GIVEAWAY = ("stage-base", "stage-chat", "base", "chat", "4711", "eog", "b1", "b2")


def column(play: OpenPlay, leaf: str, lines: list[Line]) -> Column:
    tokens = (Token(1, b"One", -0.5), Token(2, b".", -1.5))
    branch = tuple(
        Said(line, Recorded(line.id, 2.0, 1.0, tokens, None, {"total": 0.5, "first_token": 0.1}))
        for line in lines
    )
    readings = {
        (measure.id, ""): measure.of(branch) for measure in MEASURES if "branch" in measure.fits
    }
    return Column(leaf, branch, "", "transcript", 4711, readings)


@pytest.fixture
def made() -> Comparison:
    """Two takes of Ben, one rated."""
    play = helpers.play()
    rated = replace(play.tree["b1"], labels={"rating": 4}, text="One | *two*\n<b>.")
    play.tree.add(rated)
    layout = lay_out(play, ["b1", "b2"])
    columns = tuple(column(play, each, [play.tree[each]]) for each in ("b1", "b2"))
    return Comparison(play, layout, columns)


def test_rows_for_machines_hold_everything(made: Comparison) -> None:
    found = [json.loads(json.dumps(row)) for row in rows(made)]
    by: dict[str, list[Any]] = {}
    for row in found:
        by.setdefault(row["event"], []).append(row)
    assert by["comparison"][0]["common"] == ["a"]
    assert [(row["label"], row["leaf"], row["rating"]) for row in by["branch"]] == [
        ("A", "b1", 4), ("B", "b2", None),
    ]  # fmt: skip
    (turn,) = by["turn"]
    assert "".join(piece["text"] for piece in turn["cells"][0]["pieces"]) == "One | *two*\n<b>."
    known = {(row["id"], row["model"], row["condition"]) for row in by["measure"]}
    stored = {(each.id, None, None) for each in MEASURES if "branch" in each.fits}
    assert known - stored == {
        (id_, model, how)
        for model in ("base", "chat")
        for how, ids in (("own frame", ("under", "under_bits")),
                         ("same prefix", ("under_same", "under_same_bits")))
        for id_ in ids
    }  # fmt: skip
    assert stored <= known
    (nats,) = (row for row in by["measure"] if row["id"] == "nats")
    assert nats["branches"][0] == [
        {"name": None, "value": 1.0, "n": 2, "low": None, "high": None, "level": None,
         "method": None},
    ]  # fmt: skip


@pytest.mark.parametrize("write", [markdown, spreadsheet])
def test_blind_gives_nothing_away(made: Comparison, write: Any) -> None:
    assert "chat" in write(made)
    told = write(made, blind=True)
    assert not [each for each in GIVEAWAY if each in told]
    assert "Two." in told
    blind = [row for row in rows(made, blind=True) if row["event"] != "comparison"]
    assert not [each for each in GIVEAWAY if each in json.dumps(blind)]


def test_markdown_is_two_tables_and_what_was_said_stays_verbatim(made: Comparison) -> None:
    said = markdown(made)
    tables = [row for row in said.splitlines() if row.startswith("|")]
    assert all(row.count(" | ") >= 2 for row in tables)
    assert r"One &#124; \*two\*<br>&lt;b>." in said
    assert "| Rating of 5, last line | 4 | none |" in said


def test_every_row_of_a_spreadsheet_has_the_columns_of_the_first(made: Comparison) -> None:
    head, *others = csv.reader(io.StringIO(spreadsheet(made)))
    assert {len(row) for row in others} == {len(head)}
    line = dict(zip(head, others[0], strict=True))
    assert (line["what"], line["branch"], line["leaf"], line["text"]) == (
        "line", "A", "b1", "One | *two*\n<b>.",
    )  # fmt: skip
    unknown = [dict(zip(head, row, strict=True)) for row in others if row[0] == "under"]
    assert {(row["model"], row["branch"], row["value"], row["n"]) for row in unknown} >= {
        ("chat", "A", "", ""), ("chat", "B", "", ""),
    }  # fmt: skip
    rating = dict(zip(head, others[-1], strict=True))
    assert (rating["what"], rating["value"]) == ("rating", "4")


def test_a_comparison_has_every_figure_of_branches(made: Comparison) -> None:
    found = {heading(each, made.play): cell(each, 0) for each in measured(made)}
    assert found["Own surprise, nats/token"] == "1.00 of 2 tokens"
    assert found["Under stage-base, own frame, nats/token"] == "unknown"
    assert found["Stopped by"].startswith("the model ended its turn: 100 % [20.7, 100] of 1 line")


def test_a_preference_is_written_down_in_every_form(made: Comparison) -> None:
    liked = made.play.tree["b2"]
    made.play.tree.add(replace(liked, labels={"tag:preferred": {"over": ["b1"]}}))
    for blind in (False, True):
        branches = [row for row in rows(made, blind=blind) if row["event"] == "branch"]
        assert [row["preferred"] for row in branches] == [False, True]
        assert "| Preferred | no | yes |" in markdown(made, blind=blind)
        told = list(csv.DictReader(io.StringIO(spreadsheet(made, blind=blind))))
        assert [row["branch"] for row in told if row["what"] == "preferred"] == ["B"]


def test_a_file_is_written_by_its_ending_or_refused(made: Comparison, tmp_path: Path) -> None:
    for name, begin in (("a.md", "# "), ("a.csv", "what,"), ("a.jsonl", "{")):
        save(made, tmp_path / name)
        assert (tmp_path / name).read_text("utf-8").startswith(begin)
    with pytest.raises(KnownError, match="cannot be written"):
        save(made, tmp_path / "no" / "a.md")
