"""A table: one row a line, what is unknown an empty cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from stage.formats.csv import COLUMNS, FIGURES, write
from stage.formats.format import Source
from tests.formats.test_tokens import Stored


def rows(source: Source) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO("".join(write(source))))]


def token(logprob: float | None, own: bool = True) -> dict[str, object]:
    return {"i": 0, "id": 7, "text": "a", "logprob": logprob, "in_line": own, "top": []}


def test_every_row_has_every_column_and_tokens_are_summed_up(small: Source) -> None:
    said = [token(None), token(-1.5), token(-0.5), token(-9.0, own=False)]
    stored = Stored(tokens=said, seed=4, sampler={"chain": []}, timings={"total": 2.0})
    found = rows(replace(small, whole=True, accounts=stored))
    assert [row["id"] for row in found] == list("abcdef")
    assert all(list(row) == [*COLUMNS, *FIGURES] for row in found)
    take, typed = found[2], found[0]
    assert (take["generated"], take["tokens"], take["scored"], take["nats"]) == (
        "4", "3", "2", "2.0",
    )  # fmt: skip
    assert (take["nats_per_token"], take["seconds"], take["seed"]) == ("1.0", "2.0", "4")
    assert (take["sampler"], take["hidden"]) == ('{"chain": []}', "false")
    assert [typed[name] for name in FIGURES] == [""] * len(FIGURES)


def test_words_stay_as_they_are(play: Callable[..., Source]) -> None:
    hostile = 'a "quote", a\nnew row; =1+1'
    (row,) = rows(play(("a", "root", hostile, {}), accounts=Stored()))
    assert row["text"] == hostile


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "'quoted'", "''"]
)
def test_no_text_is_a_formula_and_each_is_read_back(play: Callable[..., Source], text: str) -> None:
    labels = {"note": text, "rating": -1}
    (row,) = rows(play(("a", "root", text, {"labels": labels}), accounts=Stored(seed=-4)))
    assert row["text"][0] == row["note"][0] == "'"
    assert row["text"].removeprefix("'") == row["note"].removeprefix("'") == text
    assert (row["rating"], row["seed"]) == ("-1", "-4"), "numbers stay numbers"


def test_what_is_unknown_is_empty(play: Callable[..., Source]) -> None:
    made = play(("a", "root", "x", {"model": "base"}), accounts=Stored(tokens=[token(None)]))
    (row,) = rows(made)
    assert (row["tokens"], row["nats"], row["nats_per_token"], row["seconds"]) == ("1", "", "", "")


def test_tokens_that_a_take_was_given_are_not_counted_as_generated(small: Source) -> None:
    said = [token(-1.0), token(-1.5), token(-0.5)]
    batch = {"turn": "t1", "begun": {"of": "x", "tokens": 2}}
    stored = Stored(tokens=said, batch=batch, repeats="b")
    take = rows(replace(small, whole=True, accounts=stored))[2]
    assert (take["given"], take["generated"], take["tokens"]) == ("2", "1", "3")
    assert (take["run"], take["repeats"]) == ("t1", "b")
