"""Lines for analysis: all of what is stored, the same keys in every row, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from stage.formats.format import Source
from stage.formats.tokens import FIELDS, PAGE, VERSION, write

_TAKE = ("raw_text", "cut_at", "cut", "origin", "error", "frame", "sampler", "seed", "mode",
         "batch", "engine", "decision", "started", "ended", "model", "prompt")  # fmt: skip


class Stored:
    """Accounts of lines, and in what pages they were asked for."""

    def __init__(self, **more: Any) -> None:
        self.pages: list[int] = []
        self.more = more

    def __call__(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        self.pages.append(len(ids))
        bare = {"hash": "h", "made": 1.0, "timings": {}, "pace": [], "tokens": []}
        bare |= dict.fromkeys(_TAKE)
        return [{"id": each, **bare, **self.more} for each in ids]


def rows(source: Source) -> list[dict[str, Any]]:
    return [json.loads(line) for line in "".join(write(source)).splitlines()]


def test_every_row_has_every_field_and_no_other(small: Source) -> None:
    model = {"identity": "i", "sha256": None, "quantisation": "Q8_0", "vocabulary": "v"}
    token = {"i": 0, "id": 7, "text": "a", "logprob": -1.5, "top": []}
    stored = Stored(model=model, prompt={"hash": "p", "count": 3}, tokens=[token], seed=4)
    found = rows(replace(small, whole=True, accounts=stored))
    assert [row["id"] for row in found] == list("abcdef")
    assert all(list(row) == list(FIELDS) for row in found)
    take = found[2]
    assert (take["version"], take["seed"], take["model_title"]) == (VERSION, 4, "stage-base")
    assert (take["prompt_hash"], take["prompt_tokens"], take["prompt"]) == ("p", 3, None)
    assert take["tokens"] == [token]
    assert (found[0]["take"], found[5]["hidden"]) == (None, True)


def test_marks_are_told(play: Callable[..., Source]) -> None:
    labels = {"note": "odd", "tag:good": {"scope": "line"}, "rating": 4, "bookmark": True}
    (row,) = rows(play(("a", "root", "x", {"labels": labels}), accounts=Stored(audience=["ada"])))
    assert (row["note"], row["tags"], row["rating"]) == ("odd", ["good"], 4)
    assert row["labels"] == labels
    assert row["audience"] == ["Ada"]


def test_pages_are_read_as_they_are_written_and_only_what_was_asked(
    play: Callable[..., Source],
) -> None:
    many = [(f"n{at}", f"n{at - 1}" if at else "root", "x", {}) for at in range(2 * PAGE + 1)]
    stored = Stored()
    source = play(*many, whole=True, accounts=stored)
    written = write(source)
    next(written)
    assert stored.pages == [PAGE]
    assert len(list(written)) == 2 * PAGE
    assert stored.pages == [PAGE, PAGE, 1]
    few = rows(replace(source, only=frozenset({"n3", "n7", "none"})))
    assert [row["id"] for row in few] == ["n3", "n7"]
