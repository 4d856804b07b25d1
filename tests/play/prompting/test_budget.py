"""What fits, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.errors import KnownError
from stage.play.line import Kind, Line
from stage.play.prompting.budget import LAST_LINES, Dropped, fit, how_many, passed_over, runs
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


def test_the_last_four_lines_stay_or_the_turn_is_refused() -> None:
    kept, dropped = fit(SEGMENTS, COUNTS, 32)
    assert [each.line for each in dropped] == ["l0", "l1"]
    assert [each.line for each in kept if each.line] == ["l2", "l3", "l4", "l5"]
    with pytest.raises(KnownError, match="lines 20, but only 31 fit"):
        fit(SEGMENTS, COUNTS, 31)
    pinned = [replace(each, pinned=each.line is not None) for each in SEGMENTS]
    assert len(fit(pinned, COUNTS, 32)[1]) == len(pinned) - 2 - LAST_LINES


@pytest.mark.parametrize("room", [31, 0, -50])
def test_what_cannot_fit_is_told_with_its_sizes(room: int) -> None:
    wanted = f"card need 12 tokens and the last 4 lines 20, but only {max(room, 0)} fit"
    with pytest.raises(KnownError, match=wanted):
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
    rest = ["l1", "common", "rare", "l0"]
    for count in (3, 4):
        assert set(names(110 - 10 * count)) == {"second", "first", *rest[:count]}
    assert names(70)[-1] == "l0"


def test_lore_keeps_to_the_allowance_of_its_book() -> None:
    books = piece("lore", "low", 1, 15), piece("lore", "high", 5, 15)
    segments = [Segment("static", "head"), *books, Segment("open", "x")]
    kept, dropped = fit(segments, [1, 10, 10, 1], 1000)
    assert [each.what for each in dropped] == ["low"]
    assert "15 tokens of the book of Ada" in dropped[0].rule
    assert [each.text for each in kept] == ["head", "high", "x"]


@given(st.lists(st.integers(1, 12), min_size=1, max_size=60), st.integers(55, 120))
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


def test_lines_that_go_one_after_the_other_are_recorded_as_one_run() -> None:
    """A prompt of a long play is recorded in as few bytes as one of a short play."""
    many = [Segment("history", "x", line=f"l{n}") for n in range(500)]
    example, tail = piece("example", "e", 1), Segment("history", "x", line="last")
    segments = [example, many[0], replace(many[1], pinned=True), *many[2:], tail]
    _, dropped = fit(segments, [2] * len(segments), 30)
    recorded = runs(dropped)
    assert recorded[0] == {"what": "e", "line": None, "tokens": 2, "rule": "examples go first"}
    first, late = recorded[1], recorded[2:]
    assert (first["line"], first["rule"]) == ("l0", "oldest line")
    assert first["tokens"] == 2 * first["lines"]
    assert (how_many(recorded), len(late)) == (len(dropped), 0)
    assert sum(each["tokens"] for each in recorded) == sum(each.tokens for each in dropped)
    one = runs([Dropped("a", 3), Dropped("b", 4, "another")])
    assert [(each["line"], "to" in each) for each in one] == [("a", False), ("b", False)]


def test_lines_that_were_passed_over_are_recorded_too() -> None:
    some = [Line(f"l{n}", None, "p", Kind.SPEECH, "ada", "x") for n in range(3)]
    assert passed_over([]) == []
    (run,) = runs(passed_over(some))
    assert (run["line"], run["to"], run["lines"]) == ("l0", "l2", 3)
    (joined,) = runs([*passed_over(some), Dropped("l3", 5, run["rule"])])
    assert (joined["to"], joined["lines"], joined["tokens"]) == ("l3", 4, run["tokens"] + 5)
