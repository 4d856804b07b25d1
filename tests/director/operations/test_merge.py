"""One line of two."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from stage.play.provenance import Chunk
from tests.director.operations.acting import Act
from tests.store.making import tokens


def test_typed_lines_are_joined_with_a_space(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "Hello.")
        two = await act.add(one, "Are you there?")
        below = await act.add(two, "Yes.")
        done = await act.do("merge", two)
        assert await act.texts() == ["Hello. Are you there?", "Yes."]
        assert (await act.line(below)).parent == done.made[0]
        await act.undo()
        assert await act.texts() == ["Hello.", "Are you there?", "Yes."]
        await act.do("merge", two, join="-")
        assert (await act.texts())[0] == "Hello.-Are you there?"

    act(work)


def test_a_merge_takes_a_split_back_bit_by_bit(act) -> None:
    async def work(act: Act) -> None:
        library = act.made.library
        take = await act.take(act.made.root, 0, 1, 4, 5, 6, 2, 7)
        first, second = (await act.do("split", take, token=2)).made
        (whole,) = (await act.do("merge", second)).made
        assert await library.tokens(whole) == await library.tokens(take)
        one, two = await library.line(take), await library.line(whole)
        assert (one.line.text, one.raw_text, one.prompt) == (
            two.line.text,
            two.raw_text,
            two.prompt,
        )
        assert two.batch is not None
        assert [each["line"] for each in two.batch["parts"]] == [first, second]

    act(work)


def test_what_a_take_said_after_its_end_is_left_out(act) -> None:
    async def work(act: Act) -> None:
        made = act.made
        take, said = await made.begin(made.root), tokens(0, 1, 3, 2)
        await made.library.append([Chunk(take, 0, said)])
        (await act.tree()).add(await made.end(take, said, cut_at=10, text="the light"))
        second = await act.take(take, 2, 7)
        (whole,) = (await act.do("merge", second)).made
        assert (await act.line(whole)).text == "the light turns."
        assert [each.id for each in await made.library.tokens(whole)] == [0, 1, 2, 7]

    act(work)


def test_what_does_not_belong_together_is_refused(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        take = await act.take(one, 0)
        two, three = await act.add(take, "two"), await act.add(take, "three")
        for line in (one, take, two, three):
            with pytest.raises(BadInput):
                await act.do("merge", line)

    act(work)


def test_in_a_text_anything_is_merged_letter_for_letter(act) -> None:
    async def work(act: Act) -> None:
        take = await act.take(act.made.root, 0, 1)
        await act.do("recast", take, member="Ada", frame="prose")
        said = (await act.line(take)).text
        one = (await act.do("add", take, member="Ada", text="s, and ")).made[0]
        two = (await act.do("add", one, member="Ada", text="then")).made[0]
        await act.do("merge", two)
        assert await act.texts() == [said, "s, and then"]
        (typed,) = await act.children(take)
        (whole,) = (await act.do("merge", typed)).made
        assert await act.texts() == [f"{said}s, and then"]
        assert (await act.line(whole)).model is None, "it counts as typed, as an edit would"
        await act.undo()
        assert (await act.texts())[0] == said
        assert (await act.line(take)).model is not None

    act(work)
