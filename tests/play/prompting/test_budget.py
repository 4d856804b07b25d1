"""What fits, and what is left out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.errors import KnownError
from stage.play.prompting.budget import LAST_LINES, fit
from stage.play.prompting.frame import Segment
from stage.play.prompting.telling import Piece

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


def piece(rule: str, name: str, rank: float = 0, allowance: int | None = None) -> Segment:
    told = Piece("", name, rule, name, (rank, 0.0), "the book of Ada", allowance)
    return Segment("private", name, piece=told)


MIXED = [
    Segment("static", "head"),
    piece("lore", "common", 1), piece("", "card"), piece("lore", "rare", 9),
    piece("example", "second", -2), piece("example", "first", -1),
    *(Segment("history", f"line {n}", line=f"l{n}", pinned=n == 0) for n in range(6)),
    Segment("open", "Ada:"),
]  # fmt: skip
SIZES = [10] * len(MIXED)


def names(room: int) -> list[str | None]:
    return [each.line or each.what for each in fit(MIXED, SIZES, room)[1]]


def test_examples_go_first_then_lore_then_old_lines_and_pinned_lines_last() -> None:
    assert names(130) == []
    assert names(129) == ["second"]
    assert names(110) == ["second", "first"]
    assert names(109) == ["second", "first", "common"]
    assert names(90) == ["second", "first", "common", "rare"]
    rest = ["l1", "common", "rare", "l2", "l3", "l4", "l0"]
    for count in range(1, len(rest) + 1):
        room = 110 - 10 * count
        if room < 90:
            assert set(names(room)) == {"second", "first", *rest[:count]}
    assert names(40)[-1] == "l0"


def test_lore_keeps_to_the_allowance_of_its_book() -> None:
    books = piece("lore", "low", 1, 15), piece("lore", "high", 5, 15)
    segments = [Segment("static", "head"), *books, Segment("open", "x")]
    kept, dropped = fit(segments, [1, 10, 10, 1], 1000)
    assert [each.what for each in dropped] == ["low"]
    assert "15 tokens of the book of Ada" in dropped[0].rule
    assert [each.text for each in kept] == ["head", "high", "x"]


@given(st.lists(st.integers(1, 12), min_size=1, max_size=60), st.integers(40, 120))
def test_the_first_line_kept_stays_while_the_play_goes_on(sizes: list[int], room: int) -> None:
    """Cache loss (ST#1268): when lines must go, the next prompts begin with the same one."""
    starts = []
    for count in range(1, len(sizes) + 1):
        lines = [Segment("history", "x", line=str(n)) for n in range(count)]
        segments = [Segment("static", "head"), *lines, Segment("open", "Ada:")]
        kept, dropped = fit(segments, [5, *sizes[:count], 2], room)
        starts.append(len(dropped))
        assert sum([5, *sizes[:count], 2][n] for n in range(count + 2)) - sum(
            each.tokens for each in dropped
        ) <= room  # fmt: skip
        assert len(kept) + len(dropped) == len(segments)
    moves = sum(one != two for one, two in pairwise(starts))
    assert starts == sorted(starts)
    if room > 96:
        assert moves <= 1 + sum(sizes) / (0.25 * room - 12)


@given(
    st.lists(
        st.tuples(st.sampled_from(["line", "pinned", "lore", "example", ""]), st.integers(0, 9),
                  st.integers(0, 20)),
        max_size=25,
    ),
    st.integers(0, 200),
)  # fmt: skip
def test_prompt_and_dropped_are_all_there_is_at_every_budget(
    parts: list[tuple[str, int, int]], room: int
) -> None:
    """Silent truncation: whatever is visible is in the prompt or told of, once."""
    segments = [
        Segment("history", "x", line=f"l{n}", pinned=rule == "pinned")
        if rule in ("line", "pinned")
        else piece(rule, f"p{n}", rank, 30 if rank % 2 else None)
        for n, (rule, rank, _) in enumerate(parts)
    ]
    counts = [size for _, _, size in parts]
    try:
        kept, dropped = fit(segments, counts, room)
    except KnownError:
        return
    names_ = [each.line or (each.piece.name if each.piece else "") for each in segments]
    left = [each.line or (each.piece.name if each.piece else "") for each in kept]
    gone = [each.line or each.what for each in dropped]
    assert sorted(left + gone) == sorted(names_)
    assert sum(counts) - sum(each.tokens for each in dropped) <= room
    assert not [
        each for each in segments if each.piece and not each.piece.rule and each not in kept
    ]
