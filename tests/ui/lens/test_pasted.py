"""A text read by two models of a real house, and what is made of it."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from typing import Any

import pytest

from stage.director.records import ScoredToken
from stage.director.weighing.pasting import Pasted, Stretch
from stage.ui.desk.desk import Desk
from stage.ui.lens.pasted import Read, Reading, Sums, as_json, as_tsv, sums, take_in
from stage.ui.lens.sight import Sight
from tests.ui.helpers import Evening, Part, scene

TEXT = "The lamp\tturns.\n\nÉ is here."


def test_two_models_read_a_text_and_it_can_be_taken_away(evening: Evening) -> None:
    evening.begin(scene())
    reading = Reading(evening.director, evening.window)
    grew: list[int] = []
    reading.grew.connect(lambda: grew.append(len(reading.reads)))
    files = evening.play.models
    told: list[str] = []
    reading.told.connect(told.append)
    reading.begin(Pasted(TEXT, "A play."), [("one", files["base"]), ("two", files["chat"])])
    ended: list[int] = []
    reading.ended.connect(lambda: ended.append(1))
    evening.loop.until(lambda: bool(ended), 60)
    assert grew == [1, 2]
    assert told[-1] == ""
    assert any("tokens" in each for each in told)
    assert reading.meeting is not None
    assert reading.meeting.alike
    assert [each.model for each in reading.sums] == ["one", "two"]
    assert reading.sums[0].words()[0] == str(reading.sums[0].tokens)
    assert reading.apart is not None
    one, two = (each.per_token.value for each in reading.sums)
    assert reading.apart.value == pytest.approx(two - one)
    rows = list(
        csv.DictReader(
            io.StringIO(evening.loop.run(as_tsv(reading))), delimiter="\t", quoting=csv.QUOTE_NONE
        )
    )
    mine = [row for row in rows if row["model"] == "one"]
    assert len(rows) == 2 * len(mine)
    assert int(mine[-1]["byte_end"]) == len(TEXT.encode())
    assert all("\t" not in row["text"] for row in rows)
    whole = json.loads(evening.loop.run(as_json(reading)))
    assert whole["text"] == TEXT
    assert whole["template"] == "none"
    assert len(whole["tokens"]) == len(rows)
    total = -sum(row["logprob"] for row in whole["tokens"] if row["model"] == "one")
    assert whole["sums"][0]["nats"] == pytest.approx(total)
    assert whole["nats_per_token_apart"]["n"] == reading.apart.n


def test_a_text_that_was_read_before_is_there_at_once_and_says_when(evening: Evening) -> None:
    evening.begin(scene())
    pool, files = evening.director.pool, evening.play.models
    reading = Reading(evening.director, evening.window)
    ended: list[tuple[list[str], list[Sums]]] = []
    reading.ended.connect(
        lambda: ended.append(([each.sight.source for each in reading.reads], reading.sums))
    )
    loaded: list[int] = []
    for many, text in enumerate((TEXT, "Another.", TEXT), start=1):
        reading.begin(Pasted(text), [("one", files["base"]), ("two", files["chat"])])
        evening.loop.until(lambda many=many: len(ended) == many, 60)
        loaded.append(len(pool.models()))
        for model in pool.models():
            evening.loop.run(pool.unload(model))
    (first, values), _, (again, same) = ended
    assert first == ["scored now"] * 2
    assert all(re.fullmatch(r"scored \d\d:\d\d", each) for each in again)
    assert values == same
    assert loaded == [2, 2, 0], "nobody is asked again"


def test_a_model_that_cannot_read_is_told_in_words(desk: Desk, part: Part, loop: Any) -> None:
    reading = Reading(part, desk.session)  # type: ignore[arg-type]
    failed: list[str] = []
    reading.failed.connect(failed.append)
    reading.begin(Pasted("Text."), [("one", part.play.models["base"])])
    loop.until(lambda: bool(failed))
    assert "not loaded" in failed[0]
    reading.stop()


def test_stretches_put_together_are_the_whole() -> None:
    read = Read(Sight("one", "scored now", [], [], ()))
    first = (ScoredToken(1, b"\xc3", 0, 1, None), ScoredToken(2, b"\x89", 1, 2, -1.0, 1.0, 1))
    take_in(read, Stretch(0, "É", first, (b"",), 2, 4, 0))
    take_in(read, Stretch(1, " is", (ScoredToken(3, b" is", 0, 3, -2.0),), (b"",), 3, 4, 7))
    assert [(each.start, each.end, each.token) for each in read.sight.spans] == [
        (0, 1, 1),
        (1, 4, 2),
    ]
    assert read.starts == [0, 1, 2]
    assert (read.stretches, read.before) == (2, 7)
    found = asyncio.run(sums(read))
    assert found is not None
    assert (found.nats, found.tokens) == (3.0, 2)
    assert asyncio.run(sums(Read(Sight("one", "", [], [], ())))) is None
