"""A typed line under another."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_a_line_is_added_shown_and_undone(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "hello")
        two = await act.add(act.made.root, "again")
        assert await act.texts() == ["hello", "again"]
        assert (await act.tree()).shown(act.made.root) == two
        assert await act.words() == ("undo line of Bo", None)
        await act.undo()
        assert await act.texts() == ["hello"]
        assert (await act.tree()).shown(act.made.root) == one
        assert await act.words() == ("undo line of Bo", "redo line of Bo")
        await act.redo()
        assert await act.texts() == ["hello", "again"]

    act(work)


def test_a_thought_is_heard_by_its_thinker_only(act) -> None:
    async def work(act: Act) -> None:
        done = await act.do("add", act.made.root, member="bo", text="hm", kind="thought")
        assert (await act.line(done.made[0])).heard_by == ("bo",)
        with pytest.raises(BadInput, match="Nobody"):
            await act.do("add", act.made.root, member="Cy", text="x")
        with pytest.raises(BadInput, match="one of"):
            await act.do("add", act.made.root, member="Bo", text="x", kind="scene")

    act(work)


def test_only_those_who_can_hear_a_line_hear_it(act) -> None:
    async def work(act: Act) -> None:
        async def ears(parent: str, **keys: str) -> tuple[str, ...] | None:
            (made,) = (await act.do("add", parent, **keys)).made
            detail = await act.made.library.line(made)
            assert (await act.line(made)).heard_by == detail.line.heard_by
            assert detail.audience == (("ada",) if "Ada" in str(keys) else None)
            return detail.line.heard_by

        root = act.made.root
        assert await ears(root, member="Bo", text="all") is None
        assert await ears(root, member="Bo", text="(aside)", kind="ooc") == ()
        assert await ears(root, member="Bo", text="@Ada come") is None
        assert await ears(root, member="Bo", text="come", to="Ada", kind="whisper") is None
        (gone,) = (await act.do("add", root, member="Ada", text="", kind="exit")).made
        assert (await act.line(gone)).text == "Ada leaves."
        assert await ears(gone, member="Bo", text="alone") == ("bo",)
        for keys in ({"member": "Ada", "text": "x"}, {"member": "Bo", "text": "@Ada x"}):
            with pytest.raises(BadInput, match="not on stage"):
                await act.do("add", gone, **keys)
        with pytest.raises(BadInput, match="whisper needs"):
            await act.do("add", root, member="Bo", text="x", kind="whisper")

    act(work)


def test_a_line_is_written_before_another_in_one_step(act) -> None:
    async def work(act: Act) -> None:
        one, two, _ = [await act.add(act.made.root, text) for text in ("one", "two", "three")]
        below = await act.add(two, "below")
        done = await act.do("add", act.made.root, member="Bo", text="first", before=two)
        assert await act.texts() == ["one", "first", "two", "below", "three"]
        assert (await act.tree()).shown(done.made[0]) == two
        assert done.words == "line of Bo"
        await act.undo()
        assert await act.texts() == ["one", "two", "below", "three"]
        await act.redo()
        assert await act.texts() == ["one", "first", "two", "below", "three"]
        for other in (below, done.made[0], "nobody"):
            with pytest.raises(BadInput, match="right under"):
                await act.do("add", one, member="Bo", text="x", before=other)

    act(work)
