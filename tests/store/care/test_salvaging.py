"""Salvage line by line: what is doubtful is tagged, damaged tokens go, the rest is equal."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stage.play.scored import ScoreRecord
from stage.store.care import recovering
from stage.store.care.salvaging import Saved
from stage.store.library import Library
from tests.director.operations.acting import Act, acted
from tests.store.conftest import Open
from tests.store.making import PROMPT
from tests.store.test_scores import answer


def _made(folder: Path) -> dict[str, str]:
    async def work(act: Act) -> dict[str, str]:
        one = await act.add(act.made.root, "one")
        taken = await act.take(one, 0, 1, 2)
        below = await act.add(taken, "below")
        await act.do("note", one, text="a note")
        edited = (await act.do("edit", below, text="edited")).made[0]
        await act.do("move", edited, to=act.made.root)
        return {"one": one, "taken": taken, "below": below, "play": act.made.play}

    return acted(folder, work)


def test_of_scores_on_a_page_that_cannot_be_read_nobody_knows_how_many(
    tmp_path: Path, opened: Open
) -> None:
    _made(tmp_path)
    path, at = tmp_path / "library.db", "SELECT rootpage FROM sqlite_master WHERE name = 'score'"
    connection = sqlite3.connect(path)
    (page,) = connection.execute(at).fetchone()
    connection.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : (page - 1) * 4096 + 8] = b"\xff" * 8
    path.write_bytes(data)
    (saved,), _ = _salvaged(tmp_path, opened)
    assert saved.scores is None


def _salvaged(folder: Path, opened: Open, *statements: str) -> tuple[list[Saved], dict[str, Any]]:
    connection = sqlite3.connect(folder / "library.db", isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        connection.execute(statement)
    connection.close()
    target = folder / "saved.db"
    saved = recovering.salvage(folder / "library.db", target)

    async def look(library: Library) -> dict[str, Any]:
        assert await library.check() == []
        found = {}
        for play in await library.plays():
            for line in await library.tree(play.id):
                found[line.id] = line, await library.tokens(line.id)
        return found

    return saved, opened(look, at=target)


def test_a_line_that_was_altered_is_kept_and_tagged(tmp_path: Path, opened: Open) -> None:
    ids = _made(tmp_path)
    (saved,), found = _salvaged(
        tmp_path, opened, "UPDATE message SET text = 'forged' WHERE text = 'one'"
    )
    assert saved.unsure == [ids["one"]]
    assert not saved.history
    assert found[ids["one"]][0].text == "forged"
    assert "salvaged" in found[ids["one"]][0].tags
    assert found[ids["one"]][0].note == "a note"
    assert not found[ids["below"]][0].tags
    assert len(found[ids["taken"]][1]) == 3


def test_lines_below_a_lost_one_stand_under_the_scene(tmp_path: Path, opened: Open) -> None:
    ids = _made(tmp_path)
    (saved,), found = _salvaged(tmp_path, opened, f"DELETE FROM message WHERE id = '{ids['one']}'")
    assert ids["one"] not in found
    root = next(line.id for line, _ in found.values() if line.parent is None)
    assert found[ids["taken"]][0].parent == root
    assert found[ids["below"]][0].parent == ids["taken"]
    assert ids["taken"] in saved.unsure
    assert ids["taken"] in saved.bare


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE take_end SET tops = x'02ff'", "UPDATE take SET seed = seed + 1",
        "DELETE FROM take_end", "UPDATE prompt SET text = x'02'", "DELETE FROM model",
        "UPDATE vocabulary SET pieces = x'01ff'", "UPDATE take SET cut = '5'",
    ],
)  # fmt: skip
def test_a_line_whose_tokens_are_damaged_keeps_its_text(
    tmp_path: Path, opened: Open, statement: str
) -> None:
    ids = _made(tmp_path)
    (saved,), found = _salvaged(tmp_path, opened, statement)
    assert saved.bare == [ids["taken"]]
    assert found[ids["taken"]][0].text == "the light turns"
    assert found[ids["taken"]][1] == []
    assert saved.error == ""


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM event WHERE seq = 3", "UPDATE event SET after = '{' WHERE kind = 'do'",
        "UPDATE label SET value = '[' WHERE kind = 'note'", "DELETE FROM selection",
        "UPDATE play SET title = 'Never'", "DELETE FROM play", "UPDATE play SET tip = 999",
        "UPDATE place SET parent = line",
    ],
)  # fmt: skip
def test_a_log_with_gaps_is_written_anew(tmp_path: Path, opened: Open, statement: str) -> None:
    ids = _made(tmp_path)
    (saved,), found = _salvaged(tmp_path, opened, statement)
    assert saved.error == ""
    nameless = "DELETE FROM play" in statement  # the id of the play is part of every hash
    assert saved.unsure == ([*found] if nameless else [])
    assert saved.bare == ([ids["taken"]] if nameless else [])
    edited = next(line for line, _ in found.values() if line.text == "edited")
    assert edited.moved == ("place" not in statement)
    assert [line.text for line, _ in found.values()][1:] == [
        "one", "the light turns", "below", "edited"
    ]  # fmt: skip


def test_without_its_scene_a_play_gets_another(tmp_path: Path, opened: Open) -> None:
    ids = _made(tmp_path)
    (saved,), found = _salvaged(tmp_path, opened, "DELETE FROM message WHERE parent IS NULL")
    assert (saved.error, saved.lines) == ("", 4)
    assert {ids["one"], ids["taken"], ids["below"]} < {*found}
    assert found[ids["below"]][0].parent == ids["taken"]
    assert found[ids["one"]][0].speaker == "bo"
    assert ids["one"] in saved.unsure


def test_where_nothing_is_left_the_play_is_told_as_lost(tmp_path: Path, opened: Open) -> None:
    _made(tmp_path)
    (saved,), found = _salvaged(tmp_path, opened, "DELETE FROM message")
    assert (saved.lines, found) == (0, {})
    assert "nothing of its lines" in saved.error


def test_what_was_purged_stays_so(tmp_path: Path, opened: Open) -> None:
    ids = _made(tmp_path)

    async def purge(library: Library) -> None:
        await library.hide(ids["play"], ids["below"])
        await library.purge(ids["play"])

    opened(purge, at=tmp_path / "library.db")
    (saved,), found = _salvaged(tmp_path, opened, "DELETE FROM event WHERE seq = 3")
    assert saved.error == ""
    assert str(found[ids["below"]][0].status) == "purged"
    assert found[ids["below"]][0].hidden


@pytest.mark.parametrize(
    ("statement", "kept"),
    [
        ("UPDATE message SET text = 'forged' WHERE text = 'one'", 1),
        ("UPDATE score SET made = made + 1", 0),
        ("UPDATE prompt SET text = x'02' WHERE rid = (SELECT prompt FROM score)", 0),
    ],
)
def test_what_models_made_of_lines_comes_over_where_it_is_as_it_was(
    tmp_path: Path, opened: Open, statement: str, kept: int
) -> None:
    ids = _made(tmp_path)

    async def score(library: Library) -> ScoreRecord:
        prompt = await library.remember_prompt(replace(PROMPT, text="asked"))
        record = answer(ids["play"], ids["below"], prompt)
        await library.keep_scores([record])
        return record

    record = opened(score, at=tmp_path / "library.db")
    (saved,), _ = _salvaged(tmp_path, opened, statement)
    assert saved.scores == 1 - kept

    async def look(library: Library) -> None:
        found = await library.scores([ids["below"]])
        assert [each.record for each in found] == [record] * kept

    opened(look, at=tmp_path / "saved.db")
