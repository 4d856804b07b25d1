"""What a take took over from others."""

from __future__ import annotations

from typing import Any

from stage.store.library import Library
from tests.store.making import Stock, ending, stock, tokens


async def begun(made: Stock, parent: str, of: str) -> str:
    """A take that begins with a token of another one; its id."""
    take = await made.begin(parent, marks={"begun": {"of": of, "tokens": 1}})
    await made.library.end_take(ending(take, tokens(0, 1)), tokens(0, 1))
    return take


def test_a_take_of_its_own_borrows_nothing(opened: Any) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        take = await made.take(made.root, 0, 1)
        again = await begun(made, made.root, take.id)
        typed = await made.say(made.root, "Hello.")
        found = await library.recorded([take.id, again, typed.id])
        assert [(each.borrowed, each.repeats) for each in found] == [(False, None)] * 3
        assert [each.given for each in found] == [0, 1, 0]

    opened(work)


def test_a_take_begun_in_one_of_another_place_is_borrowed_and_so_is_what_begins_with_it(
    opened: Any,
) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        first = await made.take(made.root, 0, 1)
        elsewhere = await made.take(first.id, 0, 1)
        one = await begun(made, made.root, elsewhere.id)
        two = await begun(made, made.root, one)
        lost = await begun(made, made.root, "no such line")
        found = await library.recorded([one, two, lost])
        assert [each.borrowed for each in found] == [True, True, True]
        assert {each.repeats for each in found} == {None}

    opened(work)


def test_a_take_taken_over_whole_repeats_it_and_a_part_of_one_does_not(opened: Any) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        take = await made.take(made.root, 0, 1)
        other = await made.take(made.root, 2, 3, number=2)
        copy = await library.say_again(made.play, other.id, take.id, {})
        (found,) = await library.recorded([copy.id])
        assert (found.borrowed, found.repeats) == (True, take.id)
        assert [each.id for each in found.tokens] == [0, 1]
        part = {"parts": [{"line": take.id, "from": 0, "to": 1}]}
        half = await made.begin(made.root, marks=part)
        await library.end_take(ending(half, tokens(0)), tokens(0))
        (found,) = await library.recorded([half])
        assert (found.borrowed, found.repeats) == (False, None)

    opened(work)
