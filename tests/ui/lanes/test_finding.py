"""Places in what lines say; the same cost whatever is looked for."""

from __future__ import annotations

from stage.ui.lanes.entry import Entry
from stage.ui.lanes.finding import MOST, Found, Places, look, without_case


def places(said: list[str], words: str, line: str = "", point: int = 0) -> Places:
    entries = [Entry(str(at), "Ada", 0, "typed", "", each) for at, each in enumerate(said)]
    work = look(entries, words, line, point)
    while True:
        try:
            next(work)
        except StopIteration as done:
            found: Places = done.value
            return found


def test_case_and_hard_blanks_count_for_nothing_and_nothing_is_a_pattern() -> None:
    assert places(["A.B a\xa0b", "axb"], "a b").found == [Found("0", 4, 7)]
    assert places(["A.B a b", "axb"], "a.b").found == [Found("0", 0, 3)]
    assert places(["(a+)+$"], "(A+)+$").found == [Found("0", 0, 6)]
    assert places(["aaaa"], "") == Places([], -1)


def test_letters_that_grow_without_case_move_nothing() -> None:
    said = "Stra\xdfe \u0130stanbul \ufb01n L\xc4NGE \u039f\u0394\u039f\u03a3"
    for words in ("stra\xdfe", "STRA\u1e9eE", "istanbul", "l\xe4nge", "\u03bf\u03b4\u03bf\u03c2"):
        ((_, start, end),) = places([said], words).found
        assert len(without_case(said[start:end])) == len(words)
    assert len(without_case(said)) == len(said)
    every = "".join(chr(code) for code in range(0xD7FF))
    assert len(without_case(every)) == len(every)


def test_the_first_place_from_somewhere_on_is_told_else_the_first_of_all() -> None:
    said = ["lamp lamp", "none", "lamp"]
    assert [places(said, "lamp", *at).at for at in (("0", 0), ("0", 1), ("1", 0), ("2", 1))] == [
        0, 1, 2, 0,
    ]  # fmt: skip
    assert places(said, "lamp", "gone").at == 0
    assert places(said, "lamps").at == -1


def test_no_more_than_can_be_used_is_looked_for() -> None:
    found = places(["lamp " * MOST, "lamp"], "lamp", "1")
    assert (len(found.found), found.at) == (MOST, 0)


def test_words_made_to_be_slow_are_not() -> None:
    """A pattern looks for these for seconds: each place may be the beginning of all of them."""
    assert places(["a" * 200_000] * 3, "a" * 9_999 + "b").found == []
