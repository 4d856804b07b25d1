"""What a filter looks for is found in a text, and the text is told from there on."""

from __future__ import annotations

import pytest

from stage.ui.outline.sought import Sought


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("door", "Doors and a door, no indoor", ["Door", "door"]),
        ("the door", "other the do doors", ["the", "door"]),
        ("lamp* sea ", "lamps at seas, the sea", ["lamp", "sea"]),
        ('"never gone"', "Never is gone", ["Never", "gone"]),
        ("speaker:iris -lamp #good", "iris, a lamp: good", ["good"]),
        ("(", "(a)", []),
        ("", "anything", []),
    ],
)
def test_words_are_found_as_the_library_finds_them(typed: str, text: str, found: list[str]) -> None:
    assert [text[begin:end] for begin, end in Sought(typed).spans(text)] == found


def test_a_text_is_told_from_a_word_before_what_was_found() -> None:
    text = "She found a small door under the stairs"
    assert Sought("door").from_there(text) == "\u2026small door under the stairs"
    assert Sought("found").from_there(text) == text, "it is seen as it is"
    assert Sought("lamp").from_there(text) == text
    assert Sought().from_there(text) == text
