"""Records carry what they say and nothing is shared between them by accident."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from stage.play.line import Cut, Kind, Status
from stage.play.provenance import LineRecord, TakeEnding, TakeRecord


def ending() -> TakeEnding:
    return TakeEnding("t", Cut.EOG, Status.COMPLETE, "a", " a", None, 1.0)


def test_records_are_immutable_and_have_their_own_mappings() -> None:
    one, two = ending(), ending()
    assert one == two
    assert one.timings is not two.timings
    with pytest.raises(FrozenInstanceError):
        one.text = "b"  # type: ignore[misc]


def test_a_typed_line_is_heard_by_everyone_unless_said_otherwise() -> None:
    record = LineRecord("a", "p", "r", Kind.SPEECH, "bo", "hi")
    assert (record.audience, record.heard_by, record.persona_version) == (None, None, None)


def test_a_take_record_names_all_that_shaped_it() -> None:
    names = {each.name for each in fields(TakeRecord)}
    assert {
        "model_identity", "persona_version", "frame", "sampler", "seed", "mode", "batch", "engine",
        "cut", "started",
    } <= names  # fmt: skip
