"""Tokens and the vocabulary that reads them."""

from __future__ import annotations

import pytest

from stage.play.token import Token, Tokens, Top, Vocabulary, inside


def test_a_vocabulary_reads_pieces_and_shows_what_it_cannot() -> None:
    words = Vocabulary("h", (b" the", b"\xf0\x9f"))
    assert words.text(0) == " the"
    assert words.text(1) == "\ufffd"
    assert (words.text(2), words.text(-1)) == ("<2>", "<-1>")


def test_tokens_are_values() -> None:
    assert Token(1, b"a", -0.5) == Token(1, b"a", -0.5, ())
    assert hash(Token(1, b"a", None)) == hash(Token(1, b"a", None))


def test_alternatives_in_arrays_are_pairs_to_whoever_looks() -> None:
    pairs = ((5, -0.5), (70000, -2.25))
    top = Top.of(pairs)
    assert (tuple(top), len(top), top[1], top[:1], dict(top)) == (
        pairs, 2, pairs[1], pairs[:1], dict(pairs),
    )  # fmt: skip
    assert Token(1, b"a", None, top) == Token(1, b"a", None, pairs)
    assert hash(top) == hash(pairs)
    assert (top == Top.of(pairs[:1]), list(Top(b"", b""))) == (False, [])


def test_what_lies_past_the_cut_or_makes_no_text_is_not_inside_a_line() -> None:
    made = (b"a", b"\xc3", b"\xa9", b"", b"b")
    assert inside(made, None) == [0, 1, 2, 4]
    assert inside(made, 2) == [0, 1, 2]
    assert inside(made, 1) == [0]
    assert inside([], None) == []


def test_blanks_after_a_line_are_not_inside_it_wherever_it_was_cut() -> None:
    made = (b"\n", b"One.", b"\n", b"Two.", b" ", b"\n", b"")
    assert inside(made, None) == [0, 1, 2, 3]
    assert inside((*made, b"Ben:"), len("\nOne.\nTwo. \n")) == [0, 1, 2, 3]
    assert inside((b" ", b"\n"), None) == []


TOKENS = [
    Token(5, b" a", -0.25, ((5, -0.25), (70_000, -1.5))),
    Token(-1, b"", None),
    Token(7, b"\xf0\x9f", -0.5, ((7, -0.5),)),
]


@pytest.mark.parametrize("cut", range(4))
def test_tokens_in_arrays_are_tokens_to_whoever_looks(cut: int) -> None:
    parts = [Tokens.of(TOKENS[:cut]), TOKENS[cut:]]
    for made in (Tokens.of(TOKENS), Tokens.joined(parts), Tokens.joined([Tokens.of(TOKENS)])):
        assert (list(made), len(made), made[1], made[-1:]) == (
            TOKENS, 3, TOKENS[1], tuple(TOKENS[2:]),
        )  # fmt: skip
        assert made == tuple(TOKENS)
        assert hash(made) == hash(tuple(TOKENS))
        assert made != Tokens.of(TOKENS[:2])
        assert Tokens.of(made) is made
        assert made.pieces == b" a\xf0\x9f"


def test_no_tokens_are_none() -> None:
    assert (list(Tokens.joined([])), len(Tokens.of([])), bool(Tokens.of([]))) == ([], 0, False)
