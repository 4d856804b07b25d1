"""Errors told in words."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput, BugError, KnownError


@pytest.mark.parametrize(("kind", "code"), [(KnownError, 1), (BadInput, 2)])
def test_a_known_error_keeps_its_sentence_and_exit_code(kind: type[KnownError], code: int) -> None:
    error = kind("The disk is full; free some space.")
    assert (error.sentence, str(error), error.exit_code) == (
        "The disk is full; free some space.", "The disk is full; free some space.", code,
    )  # fmt: skip
    assert isinstance(error, KnownError)


def test_a_bug_is_no_known_error() -> None:
    assert not issubclass(BugError, KnownError)
