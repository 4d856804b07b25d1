"""The past: the tree after any event is the tree that was shown then; nothing is written."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stage.kit import clock
from stage.kit.errors import BadInput
from stage.play.tree import Tree
from stage.store.library import Library
from tests.director.operations.acting import Act, acted
from tests.store.conftest import Open
from tests.store.making import stock


def _shape(tree: Tree) -> list[Any]:
    found: list[Any] = [*tree]
    for line in tree:
        found.append([each.id for each in tree.children(line.id, hidden=True)])
        found.append(tree.shown(line.id))
    return found


async def _one(act: Act, dice: random.Random, lines: list[str]) -> None:  # noqa: C901
    line = dice.choice(lines)
    match dice.randrange(12):
        case 0 | 1:
            lines.append(await act.add(dice.choice([*lines, act.made.root]), "one two three"))
        case 2:
            lines.append(await act.take(line, 0, 1, 2))
        case 3:
            lines += (await act.do("edit", line, text="edited")).made
        case 4:
            lines += (await act.do("split", line, at=4)).made
        case 5:
            await act.do("move", line, to=act.made.root, index=1)
        case 6:
            await act.do(dice.choice(["delete", "restore", "prune"]), line)
        case 7:
            await act.do("tag", line, name=dice.choice("ab"), off=dice.random() < 0.3)
        case 8:
            await act.do("rename", title=dice.choice(["A", "B", "C"]))
        case 9:
            await act.director.stand(act.made.play, line)
        case 10:
            await act.undo()
        case _:
            await act.redo()


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 10_000))
def test_every_past_state_is_what_was_shown_then(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    async def work(act: Act) -> None:
        library, dice = act.made.library, random.Random(seed)
        lines = [await act.add(act.made.root, "the first of them")]
        seen: dict[int, tuple[list[Any], str]] = {}
        for _ in range(25):
            try:
                await _one(act, dice, lines)
            except BadInput:
                continue
            tree, scene = await library.tree(act.made.play), await library.scene(act.made.play)
            last = (await library.history(act.made.play, elements=True))[-1].event
            seen[last] = _shape(tree), scene[0].title
        before = [row async for row in library.dump(act.made.play)]
        for event, (shape, title) in seen.items():
            past, told = await library.tree_after(act.made.play, event)
            assert _shape(past) == shape
            assert told == title
        assert [row async for row in library.dump(act.made.play)] == before

    acted(tmp_path_factory.mktemp("past"), work, sound=False)


def test_the_steps_are_told_in_order_with_their_words(tmp_path: Path) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one two")
        said = await act.made.say(one, "typed")
        await act.do("split", one, at=3)
        await act.undo()
        steps = await act.made.library.history(act.made.play)
        told = [(each.kind, each.words or each.text) for each in steps]
        assert told == [
            ("play", ""), ("do", "line of Bo"), ("line", "typed"), ("do", "split of Bo's line"),
            ("undo", "split of Bo's line"),
        ]  # fmt: skip
        assert steps[2].line == said.id
        every = await act.made.library.history(act.made.play, elements=True)
        assert len(every) > len(steps) + 5
        assert [each.event for each in every] == sorted(each.event for each in every)

    acted(tmp_path, work, sound=False)


def test_a_time_means_the_last_event_until_then_whatever_the_clock_did(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(library: Library) -> None:
        now = [1000.0]
        monkeypatch.setattr(clock, "now", lambda: now[0])
        made = await stock(library)
        now[0] = 2000.0
        first = await made.say(made.root, "at two thousand")
        now[0] = 1500.0  # the clock was set back
        second = await made.say(first.id, "at fifteen hundred")
        assert [line.id for line in await library.tree(made.play)][1:] == [first.id, second.id]
        event = await library.moment(made.play, 1200.0)
        assert len((await library.tree_after(made.play, event))[0]) == 1
        event = await library.moment(made.play, 1600.0)
        assert second.id in (await library.tree_after(made.play, event))[0]
        with pytest.raises(BadInput, match="began later"):
            await library.moment(made.play, 10.0)
        with pytest.raises(BadInput, match="no event 99"):
            await library.tree_after(made.play, 99)
        with pytest.raises(BadInput, match="no play"):
            await library.history("nobody")

    opened(work)


def test_the_past_of_what_was_purged_shows_its_place_only(tmp_path: Path) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "secret")
        await act.do("note", one, text="secret")
        event = (await act.made.library.history(act.made.play))[-1].event
        await act.do("delete", one)
        await act.director.purge(act.made.play)
        tree, _ = await act.made.library.tree_after(act.made.play, event)
        assert (tree[one].text, tree[one].hidden) == ("", False)
        words = [each.words for each in await act.made.library.history(act.made.play)]
        assert words[-1] == "purge of 1 line"
        assert "secret" not in str(await act.made.library.history(act.made.play, elements=True))

    acted(tmp_path, work)
