"""stage do, undo and redo: rows, words and exit codes."""

from pathlib import Path

import pytest

from stage.director.operations import OPERATIONS
from tests.app.commands.conftest import Said, Stage
from tests.director.operations.acting import Act, acted

pytestmark = pytest.mark.timeout(120)


def library(tmp_path: Path) -> tuple[str, str]:
    """Make a library with one line; ids of its play and line."""

    async def work(act: Act) -> tuple[str, str]:
        return act.made.play, await act.add(act.made.root, "first second")

    return acted(tmp_path, work, sound=False)


def test_operations_from_the_command_line(stage: Stage, tmp_path: Path) -> None:
    play, line = library(tmp_path)

    def rows(*words: object) -> dict:
        said: Said = stage(*words, "--json")
        assert said.code == 0, said.err
        (row,) = said.rows
        return row

    done = rows("do", "split", "--line", line, "at=5")
    assert (done["play"], done["words"], len(done["made"])) == (play, "split of Bo's line", 2)
    assert done["undo"] == "undo split of Bo's line"
    undone = rows("undo", play)
    assert undone["redo"] == "redo split of Bo's line"
    assert line in undone["lines"]
    rows("redo", play)
    assert rows("do", "rename", "title=The sea", "--play", play)["undo"] == (
        "undo renaming of the play"
    )
    said = stage("do", "note", "text=hm", "--line", done["made"][0])
    assert "note of Bo's line; 1 line changed" in said.out


def test_all_operations_are_listed(stage: Stage) -> None:
    said = stage("do", "--list", "--json")
    assert [row["operation"] for row in said.rows] == list(OPERATIONS.names)
    assert "at=N" in stage("do", "--list").out


def test_bad_input_is_told(stage: Stage, tmp_path: Path) -> None:
    play, line = library(tmp_path)
    for words in (
        ["do"],
        ["do", "fly", "--line", line],
        ["do", "note", "text=x"],
        ["do", "note", "text", "--line", line],
        ["do", "split", "--line", "nobody"],
        ["redo", play],
        ["undo", "nobody"],
    ):
        said = stage(*words)
        assert said.code == 2, words
        assert said.err.count("\n") == 1
    assert stage("undo", play, library=tmp_path / "no.db").code == 2
    assert stage("do", "note", "--line", "x", library=tmp_path / "no.db").code == 2
