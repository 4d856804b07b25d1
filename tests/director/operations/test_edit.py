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


def test_what_followed_goes_on_after_the_new_text_where_that_is_wanted(act) -> None:
    async def work(act: Act) -> None:
        line = await act.add(act.made.root, "helo")
        one, two = [await act.add(line, each) for each in ("one", "two")]
        await act.director.stand(act.made.play, one)
        await act.do("mute", line, member="Bo")
        made = (await act.do("edit", line, text="hello", onward=True)).made[0]
        assert await act.children(made) == [one, two]
        assert await act.children(line) == []
        play = await act.director.open(act.made.play)
        assert play.leaf == one, "one stands where one stood"
        assert play.cast(one).named("Bo").muted, "what was changed there still counts"
        await act.is_sound()
        await act.undo()
        assert await act.children(line) == [one, two]
        assert play.leaf == one

    act(work)


def test_a_take_is_edited_into_a_typed_line(act) -> None:
    async def work(act: Act) -> None:
        take = await act.take(act.made.root, 0, 1)
        made = (await act.do("edit", take, text="better")).made[0]
        line = await act.line(made)
        assert (line.speaker, line.model, line.generated) == ("ada", None, 0)

    act(work)
