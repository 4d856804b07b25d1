"""The loss report of an export says what is not in the file, and nothing that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from stage.formats import FORMATS
from stage.formats.format import Source
from stage.formats.leaving import losses


def _codes(source: Source, form: str) -> dict[str, int]:
    return {each.code: each.count for each in losses(source, FORMATS[form])}


def test_a_path_tells_of_the_other_branches_and_of_deleted_lines(small: Source) -> None:
    found = _codes(small, "markdown")
    assert found["branches"] == 1
    assert found["deleted"] == 1
    assert found["audience"] == 1
    assert "model" not in found
    assert "branches" not in _codes(replace(small, whole=True), "markdown")


@pytest.mark.parametrize("form", ["markdown", "html", "jsonl", "loomsidian"])
def test_labels_tokens_and_history_are_named(play: Callable[..., Source], form: str) -> None:
    labels = {"note": "x", "tag:good": {}, "tag:bad": {}, "rating": 3, "bookmark": True}
    source = play(
        ("a", "root", "Hello \\<b", {"labels": labels}),
        ("b", "a", "Said.", {"model": "base", "generated": 3, "moved": True}),
        whole=True,
    )
    found = _codes(source, form)
    assert (found["note"], found["tag"], found["rating"]) == (1, 2, 1)
    assert (found["tokens"], found["takes"], found["moved"]) == (1, 1, 1)
    assert (found["cast"], found["history"]) == (2, 1)
    assert ("bookmark" in found) == (form != "loomsidian")
    assert ("escape" in found) == (form == "loomsidian")
    assert ("setting" in found) == (form in ("jsonl", "loomsidian"))


def test_a_table_keeps_seeds_and_samplers_and_no_prompts(play: Callable[..., Source]) -> None:
    source = play(("a", "root", "Said.", {"model": "base", "generated": 3}), whole=True)
    found = _codes(source, "csv")
    assert "sampling" not in found
    assert found["takes"] == 1
    assert not {"sampling", "takes"} & _codes(source, "tokens").keys()


def test_scores_of_the_lines_that_are_written_are_named(small: Source) -> None:
    asked = replace(small, scored={small.path()[0].id: 3, "elsewhere": 2})
    assert _codes(asked, "csv")["scores"] == 3
    assert not {"scores"} & {*_codes(asked, "tokens"), *_codes(small, "csv")}


def test_what_keeps_everything_loses_nothing(small: Source) -> None:
    assert losses(small, FORMATS["stage"]) == ()


def test_json_lines_keep_deleted_ones_of_a_subtree_too(small: Source) -> None:
    assert "deleted" not in _codes(replace(small, whole=True), "jsonl")
    under = replace(small, whole=True, top="d")
    assert [line.id for line in FORMATS["jsonl"].chosen(under)] == ["d", "e", "f"]
    assert _codes(under, "jsonl")["branches"] == 3
