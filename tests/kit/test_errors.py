"""Errors told in words."""

from __future__ import annotations

import json

import pytest

from stage.kit.errors import BadInput, BugError, KnownError, reason


@pytest.mark.parametrize(("kind", "code"), [(KnownError, 1), (BadInput, 2)])
def test_a_known_error_keeps_its_sentence_and_exit_code(kind: type[KnownError], code: int) -> None:
    error = kind("The disk is full; free some space.")
    assert (error.sentence, str(error), error.exit_code) == (
        "The disk is full; free some space.", "The disk is full; free some space.", code,
    )  # fmt: skip
    assert isinstance(error, KnownError)


def test_a_bug_is_no_known_error() -> None:
    assert not issubclass(BugError, KnownError)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (b"[" * 100_000, "it is nested too deeply"),
        (b"\xff", "it is not UTF-8 text"),
        (b"9" * 5000, "a number has too many digits"),
        (b"[1, ", "Expecting value: line 1 column 5 (char 4)"),
    ],
)
def test_why_a_text_could_not_be_read_is_plain(text: bytes, wanted: str) -> None:
    with pytest.raises((ValueError, RecursionError)) as raised:
        json.loads(text.decode("utf-8"))
    assert reason(raised.value) == wanted
