"""A line is immutable and spells its kinds as they are stored."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from stage.play.line import Cut, Kind, Line, Status


def test_a_line_is_for_everyone_and_complete_unless_said_otherwise() -> None:
    line = Line("a", "p", "play", Kind.SPEECH, "ada", "hello")
    assert (line.heard_by, line.model, line.take, line.hidden) == (None, None, 1, False)
    assert line.status is Status.COMPLETE
    assert line.reason is None


def test_a_line_cannot_be_changed() -> None:
    line = Line("a", "p", "play", Kind.SPEECH, "ada", "hello")
    with pytest.raises(FrozenInstanceError):
        line.text = "other"  # type: ignore[misc]


def test_words_that_are_stored_never_change() -> None:
    assert [str(each) for each in Kind] == [
        "scene", "speech", "thought", "aside", "whisper", "direction", "narration", "ooc",
        "enter", "exit",
    ]  # fmt: skip
    assert [str(each) for each in Status] == ["running", "complete", "interrupted", "purged"]
    assert [str(each) for each in Cut] == [
        "eog", "label", "new_name", "block_end", "stop_string", "length", "context", "user",
        "error",
    ]  # fmt: skip
