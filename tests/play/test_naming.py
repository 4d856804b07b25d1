"""A model goes by its file's name, unless that would name two."""

from __future__ import annotations

from pathlib import Path

from stage.play.naming import model_title


def test_a_model_is_called_by_its_file_unless_two_share_it() -> None:
    files = {"a": Path("/x/one.gguf"), "b": "/y/two.gguf", "c": "/z/two.gguf"}
    assert [model_title(each, files) for each in ("a", "b", "c", "gone")] == [
        "one",
        "b",
        "c",
        "gone",
    ]
