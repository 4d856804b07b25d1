"""List: everybody."""

from __future__ import annotations

from tests.play.speaking.making import ask


def test_everybody_speaks_in_cast_order_the_narrator_not() -> None:
    assert ask("list", "ada teller bo", ["bo"]).queue == ("ada", "bo")
    assert ask("list", "teller").queue == ()
