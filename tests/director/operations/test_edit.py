"""Another version stands beside the line."""

from __future__ import annotations

from tests.director.operations.acting import Act


def test_an_edit_is_a_sibling_and_the_line_stays(act) -> None:
    async def work(act: Act) -> None:
        line = await act.add(act.made.root, "helo")
        done = await act.do("edit", line, text="hello")
        assert await act.texts() == ["helo", "hello"]
        detail = await act.made.library.line(done.made[0])
        assert detail.payload == {"operation": "edit", "of": [line]}
        assert done.words == "edit of Bo's line"
        await act.undo()
        assert await act.texts() == ["helo"]

    act(work)


def test_a_take_is_edited_into_a_typed_line(act) -> None:
    async def work(act: Act) -> None:
        take = await act.take(act.made.root, 0, 1)
        made = (await act.do("edit", take, text="better")).made[0]
        line = await act.line(made)
        assert (line.speaker, line.model, line.generated) == ("ada", None, 0)

    act(work)
