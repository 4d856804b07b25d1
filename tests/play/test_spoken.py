"""Takes cut between tokens: no byte is lost, no character is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stage.play.cutting import CutRule, line_text
from stage.play.spoken import Spoken, derive, halves, joined, nearest_split

RULE = CutRule(("Ada",), ("Bo",), True)


def spoken(*pieces: bytes, cut_at: int | None = None) -> Spoken:
    raw = b"".join(pieces).decode("utf-8", "replace")
    return Spoken(pieces, raw, cut_at, RULE, line_text(raw, cut_at, RULE))


@given(st.text(max_size=20), st.lists(st.integers(1, 4), max_size=30))
def test_halves_make_the_whole(text: str, sizes: list[int]) -> None:
    data, pieces = text.encode("utf-8", "replace"), []
    for size in sizes:
        pieces.append(data[:size])
        data = data[size:]
    said = spoken(*pieces, data)
    for count, at in said.boundaries.items():
        parts = halves(said, count)
        if parts is not None:
            assert parts[0].raw + parts[1].raw == said.raw
            assert len(parts[0].raw) == at
            both = parts[0].text + parts[1].text
            assert "".join(both.split()) == "".join(said.text.split())


def test_a_character_of_two_tokens_is_not_cut() -> None:
    said = spoken(b"a ", b"\xf0\x9f", b"\x98\x80", b" b")
    assert sorted(said.boundaries) == [0, 1, 3, 4]
    assert halves(said, 2) is None
    assert nearest_split(said, 2) in (1, 3)


def test_tokens_that_are_not_the_text_cannot_be_cut() -> None:
    said = Spoken((b"a", b"b"), "something else", None, RULE, "something else")
    assert said.boundaries == {}
    assert nearest_split(said, 1) is None
    assert said.kept() is None
    assert joined(said, said) is None


def test_what_came_after_the_end_of_the_line_goes_with_the_second_half() -> None:
    said = spoken(b"one", b" two", b"\n", b"Bo:", cut_at=7)
    parts = halves(said, 1)
    assert parts is not None
    assert (parts[0].cut_at, parts[1].cut_at) == (None, 4)
    assert parts[1].text == "two"
    assert halves(said, 3) is None
    assert said.kept() == 3


def test_a_last_token_that_says_more_cannot_be_joined() -> None:
    said = spoken(b"one", b"\nBo", b":", cut_at=3)
    assert said.kept() == 1
    assert spoken(b"one\nBo", b":", cut_at=3).kept() is None


def test_a_label_in_the_middle_of_a_row_is_kept_by_the_half_that_begins_there() -> None:
    said = spoken(b"I say ", b"Ada: no")
    parts = halves(said, 1)
    assert parts is not None
    assert parts[1].text == "Ada: no"
    assert parts[1].rule.own == ()
    assert derive("x", None, RULE, ["y"]) is None


def test_joining_halves_gives_the_whole() -> None:
    said = spoken(b"Ada: one", b" two")
    parts = halves(said, 1)
    assert parts is not None
    one, two = (
        Spoken((piece,), part.raw, part.cut_at, part.rule, part.text)
        for piece, part in zip(said.pieces, parts, strict=True)
    )
    found = joined(one, two)
    assert found is not None
    assert (found[0], found[1].raw, found[1].text) == (1, said.raw, said.text)
