from __future__ import annotations

from stage.measures import MEASURES
from stage.measures.words import words_of
from tests.measures.making import said


def test_words_are_told_from_what_stands_between_them() -> None:
    assert words_of("It isn’t -- «Él» said: no!") == ["it", "isn’t", "él", "said", "no"]
    (found,) = MEASURES["words"].of([said("one, two"), said("three", model=None, id_="b")])
    assert (found.number.value, found.number.n) == (3, 2)
