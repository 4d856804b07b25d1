"""Two lines of one, tokens cut exactly."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_a_typed_line_is_split_at_a_character(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "first second")
        two = await act.add(one, "after")
        done = await act.do("split", one, at="5")
        assert done.words == "split of Bo's line"
        assert await act.texts() == ["first", " second", "after"]
        assert (await act.line(two)).after == one
        assert (await act.line(done.made[1])).parent == done.made[0]
        await act.undo()
        assert await act.texts() == ["first second", "after"]
        assert (await act.line(two)).after is None
        await act.redo()
        assert await act.texts() == ["first", " second", "after"]

    act(work)


def test_tokens_follow_their_half_bit_by_bit(act) -> None:
    async def work(act: Act) -> None:
        library = act.made.library
        take = await act.take(act.made.root, 0, 1, 2, 4, 5, 6, 7)
        whole = await library.tokens(take)
        done = await act.do("split", take, token=3)
        halves = [await library.tokens(each) for each in done.made]
        assert halves[0] + halves[1] == whole
        assert [len(each) for each in halves] == [3, 4]
        assert await act.texts() == ["the light turns", "café😀."]
        detail = await library.line(done.made[1])
        assert detail.batch is not None
        assert detail.batch["parts"] == [{"line": take, "from": 3, "to": 7}]
        assert detail.payload == {"operation": "split", "of": [take]}
        assert detail.seed == 11

    act(work)


def test_a_take_is_split_at_the_token_nearest_to_a_character(act) -> None:
    async def work(act: Act) -> None:
        take = await act.take(act.made.root, 0, 1, 2, 7)
        await act.do("split", take, at=4)
        assert await act.texts() == ["the", "light turns."]

    act(work)


def test_no_character_and_no_half_is_lost(act) -> None:
    async def work(act: Act) -> None:
        take = await act.take(act.made.root, 0, 5, 6)
        for keys in (
            {"token": 2},
            {"token": 0},
            {"token": 3},
            {"token": 9},
            {},
            {"at": 1, "token": 1},
        ):
            with pytest.raises(BadInput):
                await act.do("split", take, **keys)
        line = await act.add(act.made.root, "e\u0301x")
        await act.do("split", line, at=2)
        with pytest.raises(BadInput):
            await act.do("split", await act.add(act.made.root, "e\u0301"), at=1)
        with pytest.raises(BadInput, match="at=CHARACTER"):
            await act.do("split", await act.add(act.made.root, "typed"), token=1)

    act(work)


def test_labels_and_the_place_among_siblings_go_along(act) -> None:
    async def work(act: Act) -> None:
        one, two = [await act.add(act.made.root, text) for text in ("one more", "two")]
        await act.do("bookmark", one)
        await act.do("canonical", one)
        first, second = (await act.do("split", one, at=3)).made
        assert await act.children(act.made.root) == [first, two]
        assert (await act.line(first)).bookmarked
        assert "canonical" in (await act.line(second)).labels
        assert not (await act.line(one)).labels

    act(work)
