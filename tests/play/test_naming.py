"""A model goes by its file's name, unless that would name two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from stage.play.naming import Names, briefs, model_title
from tests.store.making import scene


def test_a_model_is_called_by_its_file_unless_two_share_it() -> None:
    files = {"a": Path("/x/one.gguf"), "b": "/y/two.gguf", "c": "/z/two.gguf"}
    assert [model_title(each, files) for each in ("a", "b", "c", "gone")] == [
        "one",
        "b",
        "c",
        "gone",
    ]


def test_whoever_is_known_goes_by_label_and_title_and_nobody_is_swallowed() -> None:
    cast = scene().cast
    names = Names.of((*cast, replace(cast["bo"], label="Bo again")), {"base": "/x/one.gguf"})
    assert [names.who(each) for each in ("ada", "bo", "gone", None)] == ["Ada", "Bo", "gone", ""]
    assert [names.model(each) for each in ("base", "gone", None)] == ["one", "gone", ""]
    assert names.labelled("ADA") == cast["ada"]
    assert names.labelled("Nobody") is None


def test_titles_are_told_apart_without_the_words_they_all_begin_with() -> None:
    told = {"qwen-7b": "7b", "qwen-7b-instruct": "7b-instruct"}
    assert briefs(told) == told
    assert briefs(["one", "two"]) == {"one": "one", "two": "two"}
    assert briefs(["stage-base"] * 2) == {"stage-base": "stage-base"}
