"""Parts of a play's tree, as they are read on being asked for."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from stage.play.changes import SetLabel, SetPlace, SetShown
from stage.store.library import Library
from stage.store.trail.history import Step
from tests.store.making import Stock, stock

Work = Callable[[Library], Awaitable[Any]]


async def wild(library: Library, seed: int) -> tuple[Stock, list[str]]:
    """Lines hidden, moved, placed, labelled and visited; and another play beside."""
    dice, made, other = random.Random(seed), await stock(library), await stock(library)
    ids = [made.root]
    for number in range(60):
        above = ids[-1] if dice.random() < 0.5 else dice.choice(ids)
        said = made.take(above, 0, 1) if number % 4 == 0 else made.say(above, f"line {number}")
        ids.append((await said).id)
        await other.say(other.root, "elsewhere")
    for line in dice.sample(ids[1:], 20):
        to = dice.choice(ids[: ids.index(line)])  # an earlier line: no cycle can come of it
        change = dice.choice(
            (SetPlace(line, to, float(dice.randrange(4))), SetLabel(line, "hidden"),
             SetLabel(line, "note", value="n"), SetLabel(line, "bookmark"))
        )  # fmt: skip
        await library.operate(made.play, Step("test", line, "test"), [change])
    whole = await library.tree(made.play)
    for line in dice.sample(ids[1:], 8):
        parent = str(whole[line].parent)
        step = Step("test", None, "test")
        await library.operate(made.play, step, [SetShown(parent, line)])
    return made, ids


@pytest.mark.parametrize("seed", range(6))
def test_every_part_is_as_the_whole_tree_has_it(opened, seed: int) -> None:
    async def work(library: Library) -> None:
        made, ids = await wild(library, seed)
        whole, stored = await library.tree(made.play), (await library.opened(made.play)).stored
        assert stored is not None
        count, last = stored.census()
        counted = await library.count()
        every = sum(counted[name] for name in ("plays", "lines", "deleted"))
        assert (count, last) == (len(whole), every)
        lazy = await library.opened(made.play)
        for line in ids:
            assert lazy.way(line) == [each.id for each in whole.path(line)]
            assert lazy.is_gone(line) == any(each.hidden for each in whole.path(line))
            assert stored.above(line) == [each.id for each in whole.path(line)[::-1]]
            path = [each.id for each in whole.path(whole.leaf_under(line).id)]
            assert stored.below(line) == path[path.index(line) :]
            under = {each.id for each in whole.subtree(line, hidden=True)}
            assert set(stored.under(line)) == under
            (family,) = stored.families([line])
            children = whole.children(line, hidden=True)
            assert {each.id for each in family.children} == {each.id for each in children}
            for each in family.children:
                same = whole[each.id]
                known = (same.parent, same.position, same.hidden)
                assert (each.parent, each.position, each.hidden) == known
            assert stored.shown([line]).get(line) == whole.shown(line)
        assert {each.id: each for each in stored.lines(ids)} == {each: whole[each] for each in ids}
        for kind in ("note", "bookmark", "rating"):
            assert stored.marked(kind) == [each.id for each in whole if kind in each.labels]
        assert not stored.above("nobody")
        assert not stored.below("nobody")
        assert not stored.lines(["nobody"])

    opened(work)


def test_an_opened_tree_comes_to_know_the_whole(opened) -> None:
    async def work(library: Library) -> None:
        made, ids = await wild(library, 1)
        tree, whole = await library.opened(made.play), await library.tree(made.play)
        assert tree.leaf_under(made.root) == whole.leaf_under(made.root)
        assert len(tree) == len(whole) == len(ids)
        assert [*tree] == [*whole]

    opened(work)
