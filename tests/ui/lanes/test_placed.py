from __future__ import annotations

import pytest

from stage.ui.lanes import placed
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.placed import LONG, MANY, Placed, chars, cut_of, offset, part
from stage.ui.lanes.verbatim import pieces
from tests.ui.lanes.hostile import HOSTILE


def of(text: str) -> Placed:
    return Placed(Entry("1", "Ada", 0, "base", "", text), 0, pieces(text))


@pytest.mark.parametrize("text", ["ab\ncd", "\U0001f600x\ny", "x" * 4100 + "\nend"])
def test_places_in_text_and_document_agree(text: str) -> None:
    made = of(text)
    for at in range(0, len(text), max(1, len(text) // 50)):
        if text[at] == "\n":
            continue
        ((row, (start, end)),) = parts(made, at, at + 1)
        assert offset(made, row, start) == at
        assert made.row_of(at) == row
        assert end > start


def parts(made: Placed, start: int, end: int) -> list[tuple[int, tuple[int, int]]]:
    """Where a range stands, row by row."""
    found = (
        (row, part(text, offset(made, row, 0), start, end))
        for row, (text, _) in enumerate(made.pieces)
    )
    return [(row, each) for row, each in found if each]


def test_a_range_over_rows_is_one_for_each() -> None:
    made = of("ab\ncd")
    assert parts(made, 1, 4) == [(0, (1, 2)), (1, (0, 1))]
    assert parts(made, 9, 12) == []


def test_a_gap_takes_a_block() -> None:
    made = of("a\nb\nc\nd")
    assert (made.row, made.after, made.whole) == (1, 5, True)
    made.low, made.high = 1, 3
    assert (made.row, made.after, made.whole, made.ends) == (2, 5, False, False)
    made.high = 4
    assert (made.after, made.ends) == (5, True)


@pytest.mark.parametrize(("text", "long"), [
    ("x" * LONG, False), ("x" * (LONG + 1), True),
    ("\n" * (MANY - 1), False), ("\n" * MANY, True),
])  # fmt: skip
def test_what_is_long(text: str, long: bool) -> None:
    assert of(text).long is long


@pytest.mark.parametrize("name", HOSTILE)
def test_a_long_text_is_cut_once_for_all_who_show_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HOSTILE[name] + "once"
    made = cut_of(text)
    monkeypatch.setattr(placed, "pieces", lambda _: pytest.fail("cut again"))
    assert cut_of(text) is made
    assert made.begins[-1] == len(text)
    for row in range(0, len(made), max(1, len(made) // 40)):
        assert text[made.begins[row] :][: len(made.rows[row])][:1] in (made.rows[row][:1], "\0",
            "\a", "\x1b", "\ud800", "\x85", "\u2028")  # fmt: skip


def test_units_are_counted_as_characters() -> None:
    assert [chars("a\U0001f600b", unit) for unit in range(5)] == [0, 1, 1, 2, 3]
    assert chars("abc", 9) == 3
