"""Where rows begin is counted as it would be for all of them, in whatever order one asks."""

from __future__ import annotations

import random
from bisect import bisect_right

import pytest

from stage.ui.lanes import begins
from stage.ui.lanes.begins import RowBegins
from stage.ui.lanes.verbatim import LONGEST, Cut, rows_of


def plain(cut: Cut) -> list[int]:
    """The same, row by row."""
    found, at = [], 0
    for row, goes_on in cut:
        at += bool(found) and not goes_on
        found.append(at)
        at += len(row)
    return [*found, at]


TEXTS = {
    "nothing": "",
    "one row": "row",
    "newlines": "\n" * 5_000,
    "long rows": "x" * (3 * LONGEST) + "\n\n" + "y" * (2 * LONGEST + 1),
    "many": "\n".join("z" * (at % 7) for at in range(2 * begins.PART)),
    "both": ("w" * (LONGEST + 9) + "\n" + "\n" * 400) * 9,
}


@pytest.mark.parametrize("name", TEXTS)
def test_rows_begin_where_they_do(name: str) -> None:
    cut = rows_of(TEXTS[name])
    wanted = plain(cut)
    assert list(cut.begins) == wanted
    fresh, dice = rows_of(TEXTS[name]).begins, random.Random(3)
    for at in dice.choices(range(len(wanted)), k=50):
        assert fresh[at] == wanted[at]
        assert fresh[at - len(wanted)] == wanted[at]
    assert fresh[1:4] == wanted[1:4]
    assert bisect_right(fresh, len(TEXTS[name]) // 2) == bisect_right(wanted, len(TEXTS[name]) // 2)
    for point in dice.choices(range(len(TEXTS[name]) + 1), k=50):
        row = min(bisect_right(wanted, point), len(cut)) - 1
        assert cut.row_of(point) == row
        assert cut.joins(row) == sum(goes_on for _, goes_on in cut[: row + 1])
    assert cut.signed("+") == ["+" + row if goes_on else row for row, goes_on in cut]
    with pytest.raises(IndexError):
        fresh[len(wanted)]


def test_a_text_that_grows_is_counted_on() -> None:
    cut, dice = rows_of("begin"), random.Random(5)
    text = "begin"
    assert list(cut.begins) == plain(cut)
    for _ in range(60):
        more = dice.choice(["\n" * 90, "word\n", "x" * (LONGEST + 5), "y", "a\nb\n" * 300])
        last = cut.rows[-1]
        text += more
        cut = cut.grown(rows_of(last + more))
        assert cut.begins[-1] == len(text)
        assert cut.begins[len(cut) // 2] == plain(cut)[len(cut) // 2]
    assert list(cut.begins) == plain(cut)


def test_only_what_is_asked_for_is_counted() -> None:
    made = RowBegins([""] * (9 * begins.PART), bytes(9 * begins.PART))
    assert made[4 * begins.PART + 7] == 4 * begins.PART + 7
    assert list(made._parts) == [4]


@pytest.mark.parametrize("more", [0, 1])
def test_a_row_is_too_long_wherever_it_stands(more: int) -> None:
    for before in (0, 1, LONGEST - 1, LONGEST, LONGEST + 1, 3 * LONGEST + 17):
        for after in ("", "\n", "\nz"):
            text = "\n" * before + "x" * (LONGEST + more) + after
            assert rows_of(text).joined == bool(more), (before, after)
