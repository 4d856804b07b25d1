"""Tags with a scope."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from stage.play.tags import Tag, known
from tests.director.operations.acting import Act


def test_a_tag_has_a_scope_and_a_mode(act) -> None:
    async def work(act: Act) -> None:
        line = await act.add(act.made.root, "one")
        await act.do("tag", line, name="good", scope="subtree")
        await act.do("tag", line, name="odd", mode="hide")
        tags = (await act.line(line)).tags
        assert tags == {
            "good": {"scope": "subtree", "mode": "mark"},
            "odd": {"scope": "node", "mode": "hide"},
        }
        await act.do("tag", line, name="good", off=True)
        assert list((await act.line(line)).tags) == ["odd"]
        assert await act.words() == ("undo tag good on Bo's line", None)
        for keys in ({"name": " "}, {"name": "x", "scope": "all"}, {}):
            with pytest.raises(BadInput):
                await act.do("tag", line, **keys)

    act(work)


def test_colour_and_key_are_told_of_the_tag_not_of_the_line(act) -> None:
    async def work(act: Act) -> None:
        one, other = [await act.add(act.made.root, each) for each in ("one", "two")]
        await act.do("tag", one, name="hot", colour="red", key="3")
        await act.do("tag", None, name="hot", mode="hide", scope="subtree")
        root = (await act.tree()).root
        assert root is not None
        assert known(root.labels) == {"hot": Tag("hot", "subtree", "hide", "red", "3")}
        await act.do("tag", other, name="hot")  # as it usually is
        assert (await act.line(other)).tags["hot"] == {"scope": "subtree", "mode": "hide"}
        with pytest.raises(BadInput, match="that of the tag hot"):
            await act.do("tag", other, name="cold", key="3")
        await act.do("tag", None, name="hot", colour="none", key="none")
        assert (await act.words())[0] == "undo look of the tag hot"
        assert known((await act.line(act.made.root)).labels)["hot"].colour == ""
        await act.undo()
        assert known((await act.line(act.made.root)).labels)["hot"].key == "3"

    act(work)


def test_what_tags_hide_is_neither_a_sibling_nor_gone_to(act) -> None:
    async def work(act: Act) -> None:
        first, second = [await act.add(act.made.root, each) for each in ("one", "two")]
        low = await act.add(second, "three")
        play = await act.director.open(act.made.play)
        await act.director.stand(play.id, low)
        await act.do("tag", second, name="odd", mode="hide")
        assert play.children(play.start) == [first]
        assert (play.end(play.start), play.onward(play.start)) == (first, first)
        assert play.siblings(second) == [first, second]  # one that stands there sees itself
        assert (play.place(first), play.place(second)) == ((1, 1), (2, 2))
        act.director.show_tagged(play, True)
        assert play.end(play.start) == low
        act.director.show_tagged(play, False)
        await act.undo()
        assert play.children(play.start) == [first, second]

    act(work)
