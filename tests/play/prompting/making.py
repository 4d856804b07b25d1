"""One short path that every frame's own test writes down."""

from __future__ import annotations

from stage.play.cast import Cast
from stage.play.line import Kind, Line
from stage.play.prompting import FRAMES
from stage.play.prompting.frame import Prompt
from tests.play.making import cast, facts, said


def members() -> Cast:
    return cast("ada", "bo", "guest_h", "teller")


def path() -> list[Line]:
    return [
        said("n", "teller", "Rain.", Kind.NARRATION),
        said("a", "ada", "One.\nTwo."),
        said("b", "bo", "Three.", Kind.WHISPER, heard_by=("ada", "bo")),
        said("g", "guest_h", "Four?"),
    ]


def prompt(frame: str, viewer: str = "ada") -> Prompt:
    cast_ = members()
    return FRAMES[frame].prompt(path(), cast_[viewer], facts(cast_))
