"""Plays in a list: what puts them away, and what is learnt of those looked at."""

from __future__ import annotations

from stage.play.changes import SetLabel, SetPlace, SetTitle
from stage.store.library import Library
from stage.store.trail.history import Step
from tests.store.conftest import Open
from tests.store.making import stock

STEP = Step("test", None, "test")


def test_a_play_is_archived_and_discarded_by_its_root(opened: Open) -> None:
    async def work(library: Library) -> None:
        made, other = await stock(library), await stock(library)
        await made.say(made.root, "one")
        (first,) = [row for row in await library.plays() if row.id == made.play]
        assert (first.lines, first.archived, first.discarded) == (1, False, False)
        for kind in ("archive", "discarded"):
            await library.operate(made.play, STEP, [SetLabel(made.root, kind)])
        rows = {row.id: row for row in await library.plays()}
        assert (rows[made.play].archived, rows[made.play].discarded) == (True, True)
        assert not rows[other.play].archived
        assert rows[made.play].lines == 1
        await library.undo(made.play)
        rows = {row.id: row for row in await library.plays()}
        assert (rows[made.play].archived, rows[made.play].discarded) == (True, False)
        assert await library.check() == []

    opened(work)


def test_branches_count_what_is_in_sight(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        one = await made.say(made.root, "one")
        leaf, gone = [await made.say(one.id, text) for text in ("two", "three")]
        moved = await made.say(leaf.id, "four")
        await library.hide(made.play, gone.id)
        facts = await library.facts([made.play, "nobody"])
        assert list(facts) == [made.play]
        assert (facts[made.play].branches, facts[made.play].models) == (1, ("stage-base",))
        await library.operate(made.play, STEP, [SetPlace(moved.id, one.id, 9.0)])
        await library.operate(made.play, STEP, [SetLabel(made.root, "model", "base", "/a/b.gguf")])
        facts = await library.facts([made.play])
        assert (facts[made.play].branches, facts[made.play].models) == (2, ("/a/b.gguf",))

    opened(work)


def test_titles_are_found_whatever_the_case_and_the_accents(opened: Open) -> None:
    async def work(library: Library) -> None:
        made, other = await stock(library), await stock(library)
        await library.operate(other.play, STEP, [SetTitle("Café  NOIR")])
        assert [row.title for row in await library.titled("cafe noir", 5)] == ["Café  NOIR"]
        assert [row.id for row in await library.titled("LIGHT", 5)] == [made.play]
        assert len(await library.titled("", 1)) == 1
        await library.operate(made.play, STEP, [SetLabel(made.root, "discarded")])
        assert await library.titled("light", 5) == []

    opened(work)
