"""A replay says what was stored, when it was said, forwards and back."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.director.replaying import (
    PAUSE,
    Beat,
    LineBegins,
    LineEnds,
    Replay,
    TokenSaid,
    replay,
    schedule,
)
from stage.kit.errors import BadInput
from stage.play.line import Kind, Line
from stage.play.provenance import Recorded
from stage.play.token import Token
from stage.store.library import Library
from tests.store.making import stock

PIECES = (b" the", b"caf\xc3\xa9", b"\xf0\x9f", b"\x98\x80", b"!", b"\nBo:", b" hi")


def line(id_: str, text: str = "typed") -> Line:
    return Line(id_, None, "p", Kind.SPEECH, "ada", text)


def said(id_: str, began: float, total: float, count: int, **more: object) -> Recorded:
    tokens = tuple(Token(n, PIECES[n], -1.0) for n in range(count))
    timings = {"first_token": total / 2, "total": total}
    return Recorded(id_, began + total, began, tokens, timings=timings, **more)


def test_tokens_keep_their_time_and_pauses_are_short() -> None:
    beats = schedule(
        [
            (line("a"), Recorded("a", 100.0)),
            (line("b", "said"), said("b", 101.0, 4.0, 3)),
            (line("c"), Recorded("c", 9000.0)),
        ]
    )
    assert [(at, type(each)) for at, each in beats] == [
        (0.0, LineBegins), (0.0, LineEnds),
        (1.0, LineBegins), (3.0, TokenSaid), (4.0, TokenSaid), (5.0, TokenSaid), (5.0, LineEnds),
        (5.0 + PAUSE, LineBegins), (5.0 + PAUSE, LineEnds),
    ]  # fmt: skip
    assert beats[0][1] == LineBegins(line("a"), "typed")
    assert beats[2][1].text is None


def test_tokens_come_when_they_came_where_that_is_known() -> None:
    record = said("b", 0.0, 4.0, 4, pace=(1, 0, 2, 500, 1, 250))
    beats = schedule([(line("b", "said"), record)])
    tokens = [(at, each.measured) for at, each in beats if isinstance(each, TokenSaid)]
    assert tokens == [(2.0, True), (2.25, False), (2.5, True), (2.75, True)]
    other = said("b", 0.0, 4.0, 3, pace=(1, 0, 2, 500, 1, 250))  # of other tokens: not believed
    beats = schedule([(line("b", "said"), other)])
    tokens = [(at, each.measured) for at, each in beats if isinstance(each, TokenSaid)]
    assert tokens == [(2.0, True), (3.0, False), (4.0, False)]


def test_the_line_of_a_place_is_the_last_of_its_texts() -> None:
    made = Replay(schedule([(line("a"), Recorded("a", 0.0)), (line("b"), said("b", 0, 1, 3))]))
    for at in range(len(made.beats) + 1):
        made.at = at
        assert made.line() == (made.texts() or [None])[-1]
        assert made.counts == (len(made.texts()), 2)
    assert made.seconds == made.length


def test_a_step_back_costs_no_more_in_a_long_branch() -> None:
    class Counted(list[Beat]):
        looked = 0

        def __getitem__(self, at: Any) -> Any:
            Counted.looked += 1
            return super().__getitem__(at)

    looked = []
    for count in (10, 1000):
        made = Replay(Counted(schedule([(line("x"), Recorded("x", 0.0))] * count)))
        made.seek(made.length)
        Counted.looked = 0
        for lines in (False, True):
            made.step(-1, lines=lines)
            made.line()
        looked.append(Counted.looked)
    assert looked[0] == looked[1] < 10


def test_characters_come_whole_and_what_was_cut_is_not_shown() -> None:
    beats = schedule([(line("b", "the"), said("b", 0.0, 1.0, 7, cut_at=11))])
    tokens = [each for _, each in beats if isinstance(each, TokenSaid)]
    assert [each.text for each in tokens] == [" the", "café", "", "😀", "!", "\nBo:", " hi"]
    assert [each.shown for each in tokens] == [True] * 5 + [True, False]


def test_a_take_without_times_still_has_an_order() -> None:
    tokens = (Token(0, b"a", None), Token(1, b"b", None))
    beats = schedule([(line("b"), Recorded("b", 5.0, 9.0, tokens))])
    assert [at for at, _ in beats] == [0.0] * 4


@given(st.lists(st.tuples(st.integers(0, 7), st.floats(0, 50), st.floats(0, 9)), max_size=6))
def test_the_schedule_never_goes_back_and_seeking_is_its_inverse(
    shape: list[tuple[int, float, float]],
) -> None:
    clock, branch = 0.0, []
    for number, (count, gap, total) in enumerate(shape):
        clock += gap
        record = said(str(number), clock, total, count) if count else Recorded(str(number), clock)
        branch.append((line(str(number)), record))
    replay_ = Replay(schedule(branch))
    times = [at for at, _ in replay_.beats]
    assert all(a <= b for a, b in itertools.pairwise(times))
    for at in [-1.0, *times, replay_.length + 1]:
        place = replay_.seek(at)
        assert all(each <= at for each in times[:place])
    assert [each.text for each, _ in replay_.texts()] == ["typed"] * len(shape)
    for _ in range(len(shape) + 1):
        replay_.step(-1, lines=True)
    assert (replay_.at, replay_.texts()) == (0, [])


def test_steps_go_by_tokens_and_by_lines() -> None:
    replay_ = Replay(schedule([(line("a"), Recorded("a", 0.0)), (line("b"), said("b", 0, 1, 3))]))
    assert replay_.step(1, lines=True) == 1
    assert [text for _, text in replay_.texts()] == ["typed"]
    assert replay_.step(1, lines=True) == 3
    replay_.step(2)
    assert [text for _, text in replay_.texts()] == ["typed", " thecafé"]
    replay_.step(-1)
    assert [text for _, text in replay_.texts()] == ["typed", " the"]
    assert replay_.step(1, lines=True) == len(replay_.beats)
    assert replay_.step(5) == len(replay_.beats)
    assert replay_.step(-1, lines=True) == 1


def test_a_branch_is_read_from_the_library(tmp_path: Path) -> None:
    async def work() -> Replay:
        library = await Library.open(tmp_path / "library.db")
        try:
            made = await stock(library)
            first = await made.say(made.root, "Who?")
            await made.take(made.root, 3)
            last = await made.take(first.id, 0, 1, 7)
            with pytest.raises(BadInput):
                await replay(library, made.root)
            with pytest.raises(BadInput):
                await replay(library, "nobody")
            return await replay(library, last.id)
        finally:
            await library.close()

    made = asyncio.run(work())
    made.seek(made.length)
    assert [text for _, text in made.texts()] == ["Who?", "the light."]
    assert [each.text for _, each in made.beats if isinstance(each, TokenSaid)] == [
        " the", " light", ".",
    ]  # fmt: skip
    assert Replay([]).length == 0.0
