"""What fits, and what is left out."""

from __future__ import annotations

import pytest

from stage.kit.errors import KnownError
from stage.play.prompting.budget import LAST_LINES, fit
from stage.play.prompting.frame import Segment

SEGMENTS = [
    Segment("static", "head"),
    *(Segment("history", f"line {n}", line=f"l{n}") for n in range(6)),
    Segment("open", "Ada:"),
]
COUNTS = [10, 5, 5, 5, 5, 5, 5, 2]


def test_nothing_is_dropped_when_all_fits() -> None:
    assert fit(SEGMENTS, COUNTS, sum(COUNTS)) == (SEGMENTS, [])


def test_the_oldest_lines_go_first_and_are_named() -> None:
    kept, dropped = fit(SEGMENTS, COUNTS, sum(COUNTS) - 6)
    assert [each.line for each in dropped] == ["l0", "l1"]
    assert [each.tokens for each in dropped] == [5, 5]
    assert {each.rule for each in dropped} == {"oldest line"}
    assert [each.line for each in kept] == [None, "l2", "l3", "l4", "l5", None]


def test_the_last_lines_go_only_for_want_of_room_and_say_so() -> None:
    _, dropped = fit(SEGMENTS, COUNTS, 17)
    assert [each.line for each in dropped] == ["l0", "l1", "l2", "l3", "l4"]
    late = [each for each in dropped if "want of room" in each.rule]
    assert len(late) == LAST_LINES - 1


@pytest.mark.parametrize("room", [16, 0, -50])
def test_what_cannot_fit_is_told_with_its_sizes(room: int) -> None:
    with pytest.raises(KnownError, match=f"need 17 tokens but only {max(room, 0)} fit"):
        fit(SEGMENTS, COUNTS, room)


def test_a_prompt_without_lines_fits_or_not() -> None:
    assert fit([Segment("static", "x")], [3], 3)[1] == []
    with pytest.raises(KnownError):
        fit([Segment("static", "x")], [3], 2)
