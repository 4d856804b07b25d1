from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stage.measures.aligning import MOST_PLACES, aligned, common
from stage.play.line import Line
from tests.measures.making import line

SPEAKERS = st.lists(st.sampled_from(["ada", "ben", "guest"]), max_size=12)


def path(name: str, speakers: list[str]) -> list[Line]:
    return [line(f"{name}{at}", who, f"{who} {at}") for at, who in enumerate(speakers)]


@given(SPEAKERS, st.lists(SPEAKERS, min_size=2, max_size=6))
def test_no_line_is_lost_and_order_is_kept(head: list[str], tails: list[list[str]]) -> None:
    shared = path("head", head)
    paths = [shared + path(f"branch {at} ", tail) for at, tail in enumerate(tails)]
    found = aligned(paths)
    assert all(len(row) == len(paths) for row in found.rows)
    assert len(found.rows) == max(map(len, tails))
    for at, each in enumerate(paths):
        shown = [row[at] for row in found.rows if row[at] is not None]
        assert [*found.common, *shown] == each


@given(SPEAKERS, st.data())
def test_a_branch_that_leaves_out_turns_finds_its_speakers_again(
    speakers: list[str], data: st.DataObject
) -> None:
    whole = path("a", speakers)
    kept = [each for each in whole if data.draw(st.booleans())]
    short = [line(f"b{each.id}", str(each.speaker), each.text) for each in kept]
    found = aligned([whole, short])
    rows = [row for row in found.rows if row[1] is not None]
    assert [row[0].text for row in rows if row[0]] == [each.text for each in short]


def test_branches_of_one_length_stand_by_depth_whoever_speaks() -> None:
    found = aligned([path("a", ["ada", "ben"]), path("b", ["ben", "ada"])])
    assert [[each.id for each in row if each] for row in found.rows] == [["a0", "b0"], ["a1", "b1"]]


def test_a_gap_stands_where_speakers_fit_else_at_the_end() -> None:
    long, short = path("a", ["ada", "ben", "guest"]), path("b", ["ada", "guest"])
    assert [row[1].id if row[1] else None for row in aligned([long, short]).rows] == [
        "b0", None, "b1",
    ]  # fmt: skip
    other = path("c", ["bo"])
    assert [row[1] is not None for row in aligned([long, other]).rows] == [True, False, False]


def test_a_branch_above_another_ends_where_they_part() -> None:
    long = path("a", ["ada", "ben", "ada"])
    found = aligned([long, long[:2]])
    assert found.common == tuple(long[:2])
    assert found.rows == ((long[2], None),)
    assert common([long, long]) == 3
    assert aligned([long, long]).rows == ()


def test_very_long_branches_of_other_lengths_stand_by_depth() -> None:
    size = int(MOST_PLACES**0.5) * 2
    long, short = path("a", ["ada"] * 2 * size), path("b", ["ada"] * size)
    rows = aligned([long, short]).rows
    assert len(rows) == 2 * size
    assert rows[size - 1][1] is short[-1]
