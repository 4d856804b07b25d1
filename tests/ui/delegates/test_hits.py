"""A found line is painted with its words marked by weight and a line, not by colour alone."""

from __future__ import annotations

from stage.ui.delegates.writing import pieces


def test_a_text_is_cut_at_what_was_found() -> None:
    found = list(pieces("the lamp, the light", ((4, 8), (14, 19))))
    assert found == [("the ", False), ("lamp", True), (", the ", False), ("light", True)]
    assert list(pieces("none", ())) == [("none", False)]
    assert list(pieces("", ())) == []
