"""Elementary changes are plain values."""

from __future__ import annotations

from stage.play.changes import KINDS, NewLine, SetLabel
from stage.play.line import Kind


def test_they_are_values_and_labels_have_types() -> None:
    assert SetLabel("a", "note") == SetLabel("a", "note", "", True)
    assert NewLine("a", "b", Kind.SPEECH, None, "x").origin is None
    assert KINDS["rating"] is int
