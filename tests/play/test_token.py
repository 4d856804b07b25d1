"""Tokens and the vocabulary that reads them."""

from __future__ import annotations

from stage.play.token import Token, Vocabulary


def test_a_vocabulary_reads_pieces_and_shows_what_it_cannot() -> None:
    words = Vocabulary("h", (b" the", b"\xf0\x9f"))
    assert words.text(0) == " the"
    assert words.text(1) == "\ufffd"
    assert (words.text(2), words.text(-1)) == ("<2>", "<-1>")


def test_tokens_are_values() -> None:
    assert Token(1, b"a", -0.5) == Token(1, b"a", -0.5, ())
    assert hash(Token(1, b"a", None)) == hash(Token(1, b"a", None))
