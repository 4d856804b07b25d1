"""Scores are asked for, counted, kept, stopped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stage.director.events import Changed, Changes
from stage.director.weighing.worth import Weight
from stage.kit.errors import KnownError
from stage.play.scored import Scored, ScoreRecord
from stage.play.token import Token, Tokens
from stage.ui.desk.desk import Desk
from tests.ui.compare.making import compare, with_records
from tests.ui.helpers import Part


def test_scores_are_counted_kept_and_can_be_stopped(
    desk: Desk, loop: Any, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_records(part)

    async def weigh(director: Any, play: Any, wanted: Any) -> Any:
        for asked in wanted:
            yield Weight(asked, (2.0, 1.0))

    monkeypatch.setattr("stage.ui.lens.weighing.weigh", weigh)
    desk.compared.wake(True)
    compare(desk, loop, "b1", "b2")
    loop.until(lambda: len(desk.compared.columns) == 2)
    assert len(desk.compared.unscored()) == 4  # each line, in two ways
    desk.compared.score()
    assert desk.compared.weighing.scoring == (0, 4)
    loop.until(lambda: desk.compared.weighing.scoring is None)
    assert desk.compared.unscored() == []
    loop.until(lambda: bool(desk.compared.columns["b2"].readings["under", "base"]))
    read = desk.compared.columns["b1"].readings
    assert read["under", "base"][0].number.value == 1.5
    assert read["under_same", "base"][0].number.n == 2
    desk.compared.weighing.weights.clear()
    desk.compared.score()
    desk.compared.stop()
    loop.until(lambda: desk.compared.weighing.scoring is None)
    assert len(desk.compared.unscored()) == 4


def test_why_nothing_could_be_scored_is_said(
    desk: Desk, loop: Any, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_records(part)

    async def weigh(director: Any, play: Any, wanted: Any) -> Any:
        raise KnownError("The library cannot be read.")
        yield

    monkeypatch.setattr("stage.ui.lens.weighing.weigh", weigh)
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    desk.compared.wake(True)
    compare(desk, loop, "b1", "b2")
    loop.until(lambda: len(desk.compared.columns) == 2)
    desk.compared.score()
    loop.until(lambda: bool(said))
    assert (said, desk.compared.weighing.scoring) == (["The library cannot be read."], None)


def test_what_changes_prompts_or_files_makes_scores_unknown_and_a_rating_does_not(
    desk: Desk, loop: Any, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_records(part)
    tree = part.play.tree

    async def weigh(director: Any, play: Any, wanted: Any) -> Any:
        for asked in wanted:
            yield Weight(asked, (2.0, 1.0))

    def mark(id_: str, **labels: Any) -> None:
        tree.add(replace(tree[id_], labels={**tree[id_].labels, **labels}))
        part.told.fire(Changed(Changes.TREE, "p", (id_,)))
        loop.settle()

    monkeypatch.setattr("stage.ui.lens.weighing.weigh", weigh)
    compared = desk.compared
    compared.wake(True)
    compare(desk, loop, "b1", "b2")
    loop.until(lambda: len(compared.columns) == 2)
    compared.score()
    loop.until(lambda: compared.weighing.scoring is None)
    mark("b1", rating=4)
    assert compared.unscored() == []
    mark("a", **{"cast:ben": {"mute": True}})
    assert [each.how for each in compared.unscored()] == ["own frame"] * 2
    loop.until(lambda: not compared.columns["b1"].readings["under", "base"])
    assert compared.columns["b1"].readings["under_same", "base"]
    mark("r", **{"model:third": "new.gguf"})
    assert len(compared.unscored()) == 2
    mark("r", **{"model:base": "other.gguf"})
    assert len(compared.unscored()) == 4


def test_lines_that_stand_elsewhere_keep_their_scores(
    desk: Desk, loop: Any, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_records(part)
    tree = part.play.tree

    async def weigh(director: Any, play: Any, wanted: Any) -> Any:
        for asked in wanted:
            yield Weight(asked, (2.0, 1.0))

    monkeypatch.setattr("stage.ui.lens.weighing.weigh", weigh)
    compared = desk.compared
    compared.wake(True)
    compare(desk, loop, "b1", "b2")
    loop.until(lambda: len(compared.columns) == 2)
    compared.score()
    loop.until(lambda: compared.weighing.scoring is None)
    tree.add(replace(tree["b3"], labels={"cast:ben": {"mute": True}}))
    part.told.fire(Changed(Changes.TREE, "p", ("b3",)))
    loop.settle()
    assert compared.unscored() == []


def test_a_model_that_could_not_be_had_can_be_asked_again(
    desk: Desk, loop: Any, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_records(part)

    async def weigh(director: Any, play: Any, wanted: Any) -> Any:
        for asked in wanted:
            yield Weight(asked, error="No room.", again=asked.how == "own frame")

    monkeypatch.setattr("stage.ui.lens.weighing.weigh", weigh)
    compared = desk.compared
    compared.wake(True)
    compare(desk, loop, "b1", "b2")
    loop.until(lambda: len(compared.columns) == 2)
    compared.score()
    loop.until(lambda: compared.weighing.scoring is None)
    assert [each.how for each in compared.unscored()] == ["own frame"] * 2


def test_what_models_were_asked_before_is_shown_at_once_and_while_it_holds(
    desk: Desk, loop: Any, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_records(part)
    holds = {
        ("b1", "base", "own frame"),
        ("b1", "base", "same prefix"),
        ("b2", "base", "own frame"),
    }

    async def current(play: Any, keys: Any) -> dict[Any, Scored]:
        return {key: scored(key) for key in keys if key in holds}

    monkeypatch.setattr(part.scoring, "current", current)
    desk.compared.wake(True)
    compare(desk, loop, "b1", "b2")
    loop.until(lambda: len(desk.compared.unscored()) == 1)
    asked = desk.compared.unscored()[0]
    assert (asked.said.line.id, asked.how) == ("b2", "same prefix")
    loop.until(lambda: bool(desk.compared.columns["b1"].readings["under", "base"]))
    assert desk.compared.columns["b1"].readings["under", "base"][0].number.value == 1.75
    assert desk.compared.columns["b2"].readings["under_same", "base"] == ()  # unknown
    assert part.turns() == []
    holds.clear()  # a pin changes the prompt of whoever speaks next
    part.play.tree.add(replace(part.play.tree["a"], labels={"pin": True}))
    part.told.fire(Changed(Changes.TREE, "p", ("a",)))
    loop.until(lambda: len(desk.compared.unscored()) == 3)


def scored(key: Any) -> Scored:
    line, model, how = key
    tokens = Tokens.of([Token(0, b"", -3.0), Token(1, b"", -0.5)])
    record = ScoreRecord(
        line, "p", line, model, how, "b2:here", "b2:prompt", 3, None, {}, 1.0, 0, 0.0, tokens,
        (None, None), (None, None),
    )  # fmt: skip
    return Scored(record, "voc:1")
