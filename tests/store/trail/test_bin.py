"""The bin: what was deleted, by which step, and how much with it."""

from __future__ import annotations

from pathlib import Path

from stage.store.library import Library
from tests.director.operations.acting import Act, acted
from tests.store.conftest import Open
from tests.store.making import stock


def test_the_bin_tells_what_was_deleted_and_how_much_with_it(tmp_path: Path) -> None:
    async def work(act: Act) -> None:
        assert await act.made.library.bin(act.made.play) == []
        one = await act.add(act.made.root, "one")
        two = await act.add(one, "two")
        three = await act.add(two, "three")
        await act.do("delete", three)
        await act.do("delete", one)
        first, second = await act.made.library.bin(act.made.play)
        assert (first.id, first.below, first.under) == (one, 2, None)
        assert (second.id, second.below, second.under) == (three, 0, one)
        assert first.words == "deletion of Bo's line"
        assert first.text == "one"
        assert (await act.made.library.plays())[0].lines == 0
        assert (await act.tree()).deleted() == {one, two, three}
        await act.do("restore", one)
        assert [each.id for each in await act.made.library.bin(act.made.play)] == [three]
        assert (await act.made.library.plays())[0].lines == 2
        assert (await act.tree()).deleted() == {three}

    acted(tmp_path, work)


def test_lines_that_were_moved_count_where_they_stand(tmp_path: Path) -> None:
    async def work(act: Act) -> None:
        one, other = await act.add(act.made.root, "one"), await act.add(act.made.root, "other")
        two = await act.add(one, "two")
        await act.do("move", two, to=other)
        await act.do("delete", one)
        (found,) = await act.made.library.bin(act.made.play)
        assert (found.id, found.below) == (one, 0)
        assert (await act.made.library.plays())[0].lines == 2
        await act.do("delete", other)
        assert (await act.made.library.plays())[0].lines == 0
        assert (await act.made.library.bin(act.made.play))[0].below == 1

    acted(tmp_path, work)


def test_what_a_step_or_its_undoing_put_there_is_named_after_it(tmp_path: Path) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one two")
        await act.do("split", one, at=3)
        (found,) = await act.made.library.bin(act.made.play)
        assert (found.id, found.words) == (one, "split of Bo's line")
        await act.undo()
        assert {each.words for each in await act.made.library.bin(act.made.play)} == {
            "split of Bo's line"
        }

    acted(tmp_path, work)


def test_the_bins_of_all_plays_are_one(opened: Open) -> None:
    async def work(library: Library) -> None:
        plays = [await stock(library) for _ in range(3)]
        for made in plays[:2]:
            line = await made.say(made.root, "gone")
            await library.hide(made.play, line.id)
        found = await library.bins()
        assert [play for play, _ in found] == [plays[1].play, plays[0].play]

    opened(work)
