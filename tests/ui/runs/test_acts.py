from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from stage.ui.runs.acts import RunActs
from stage.ui.runs.known import Known
from tests.store.making import tokens


class Acted:
    """A run of two takes in a real library."""

    def __init__(self, stacks: Any, loop: Any, view: QWidget) -> None:
        async def begin() -> list[str]:
            made, found = stacks.made, []
            asked = {"members": ["ada"], "models": ["base"], "takes": 2, "seed": None}
            for number in (1, 2):
                marks = {"turn": "t1", "asked": asked}
                take = await made.begin(made.root, number=number, marks=marks)
                found.append((await made.end(take, (), last=tokens(0, 2, 7))).id)
            stacks.desk.session.show(await stacks.director.open(made.play))
            return found

        self.ids = loop.run(begin())
        self.known, self.said = Known(stacks.desk, view), []
        self.acts = RunActs(stacks.desk, self.known, view)
        stacks.desk.wishes.said.connect(self.said.append)
        self.known.wake(True)
        loop.until(lambda: bool(self.known.logged))


@pytest.fixture
def made(stacks: Any, loop: Any, shown: Any) -> Acted:
    return Acted(stacks, loop, shown(QWidget()))


def test_a_run_is_written_as_a_table_or_with_every_token(
    made: Acted, loop: Any, tmp_path: Path
) -> None:
    table, lines = tmp_path / "run.csv", tmp_path / "run.jsonl"
    table.write_text("old")  # the chooser asked whether it may go
    for file in (table, lines):
        made.acts.save(made.known.play, made.known.ended("t1"), str(file))
        loop.until(lambda: f"Written: {file}" in made.said)  # noqa: B023
    rows = [*csv.DictReader(io.StringIO(table.read_text()))]
    assert [row["id"] for row in rows] == made.ids
    assert {row["tokens"] for row in rows} == {"3"}
    told = [json.loads(row) for row in lines.read_text().splitlines()]
    assert [len(row["tokens"]) for row in told] == [3, 3]
    made.acts.save(made.known.play, made.known.ended("t1"), str(tmp_path / "none" / "run.csv"))
    loop.until(lambda: "cannot be written" in made.said[-1])


def test_a_run_is_copied_as_a_table(made: Acted, loop: Any) -> None:
    made.acts.copy("t1")
    loop.until(lambda: "clipboard" in "".join(made.said))
    assert QGuiApplication.clipboard().text().count("\n") == 3


def test_a_file_is_asked_for(made: Acted) -> None:
    made.acts.export("t1")
    (chooser,) = made.acts._view.findChildren(QFileDialog)
    assert chooser.selectedFiles()[0].endswith("run.csv")
    chooser.reject()


def test_of_many_takes_some_of_every_model_are_compared(made: Acted, stacks: Any) -> None:
    wanted: list[Any] = []
    stacks.desk.wishes.compare.connect(wanted.append)
    tree = stacks.desk.session.play.tree
    take = tree[made.ids[0]]
    takes = [f"{model}{at}" for model in "mn" for at in range(8)]
    for at, each in enumerate(takes):
        tree.add(replace(take, id=each, model=each[0], order=take.order + 2 + at))
    made.acts.compare(takes)
    assert wanted == [["m0", "n0", "m1", "n1", "m2", "n2"]]


def test_takes_go_on_stage_or_side_by_side(made: Acted, stacks: Any, loop: Any) -> None:
    wanted: list[Any] = []
    stacks.desk.wishes.compare.connect(wanted.append)
    made.acts.compare(made.ids[:1])
    made.acts.compare(made.ids * 4)
    assert [len(each) for each in wanted] == [6]
    made.acts.open(made.ids[1])
    loop.until(lambda: stacks.desk.session.chosen == made.ids[1])
