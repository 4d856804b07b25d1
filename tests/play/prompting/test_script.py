"""The forms of a line in a script."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.line import Kind
from stage.play.prompting import FRAMES
from stage.play.prompting.frame import Facts
from stage.play.prompting.script import indented, written
from tests.play.making import cast, facts, said

CAST = cast("ada", "bo", "teller")


def head(known: Facts) -> str:
    return FRAMES["transcript"].prompt([], CAST["ada"], known).segments[0].text.rstrip()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.SPEECH, "Ada: hi"),
        (Kind.THOUGHT, "Ada (thinks): hi"),
        (Kind.ASIDE, "Ada (aside): hi"),
        (Kind.WHISPER, "Ada (to Bo): hi"),
        (Kind.DIRECTION, "[Direction: hi]"),
        (Kind.NARRATION, "[hi]"),
        (Kind.OOC, None),
        (Kind.SCENE, None),
    ],
)
def test_each_kind_has_its_form(kind: Kind, text: str | None) -> None:
    assert written(said("x", "ada", "hi", kind, heard_by=("ada", "bo")), CAST) == text


def test_a_whisper_to_everyone_is_speech_and_a_stranger_keeps_its_id() -> None:
    assert written(said("x", "ada", "hi", Kind.WHISPER), CAST) == "Ada: hi"
    assert written(said("x", "ghost", "hi"), CAST) == "ghost: hi"


@given(st.text(st.sampled_from("Bo: \nx")))
def test_no_text_can_forge_a_speaker(text: str) -> None:
    line = written(said("x", "ada", text), CAST)
    if line is not None:
        first, *rows = line.split("\n")
        assert first.startswith("Ada: ")
        assert all(row.startswith("  ") for row in rows)
    assert indented(text) == text.replace("\n", "\n  ")


def test_the_header_names_the_cast_but_no_narrator_and_no_speaker() -> None:
    assert head(facts(CAST)) == "The lighthouse\nCast: Ada, Bo\nSetting: A room at the top."


def test_a_scene_without_setting_has_no_row_for_it() -> None:
    assert head(replace(facts(CAST), setting="")) == "The lighthouse\nCast: Ada, Bo"
