import asyncio
from dataclasses import replace

import pytest

from stage.director.director import Director
from stage.director.turns.performing import Turn
from stage.engine.pool import Pool
from stage.kit.errors import BadInput
from stage.play.line import Kind
from stage.store.library import Library
from tests.store.chain import chain


def test_a_new_play_stands_after_its_opening(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=9)
        return play, await house.director.plays()

    play, rows = in_house(work)
    assert [line.text for line in play.path(play.leaf)] == ["How many are we tonight?"]
    assert play.seed == 9
    assert [(row.id, row.lines) for row in rows] == [(play.id, 1)]


def test_typed_lines_are_siblings_and_the_last_visited_comes_back(in_house, scene):
    async def work(house):
        director = house.director
        play = await director.new_play(scene)
        first = await director.say(play.id, play.leaf, "guest", "Four.")
        start = first.parent
        second = await director.say(play.id, start, "guest", "Five.")
        third = await director.say(play.id, second.id, "ada", "So many.", Kind.ASIDE)
        await director.stand(play.id, first.id)
        on_first = play.leaf
        await director.stand(play.id, third.id)
        return first, third, on_first, await house.library.tree(play.id), start

    first, third, on_first, stored, start = in_house(work)
    assert on_first == first.id
    assert stored.leaf_under(start).id == third.id
    assert stored[third.id].heard_by == ("ada",)
    assert [line.text for line in stored.children(start)] == ["Four.", "Five."]


def test_a_whisper_reaches_whom_it_names_and_who_left_hears_nothing(in_house, scene):
    async def work(house):
        director = house.director
        play = await director.new_play(scene, seed=1)
        said = [await director.say(play.id, play.leaf, "guest", "@Ada, I am lost.")]
        said.append(await director.say(play.id, said[-1].id, "ben", "", Kind.EXIT))
        said.append(await director.say(play.id, said[-1].id, "guest", "He is gone."))
        with pytest.raises(BadInput, match="Ben is not on stage"):
            await director.say(play.id, said[-1].id, "ben", "I am still here.")
        absent = await director.perform(play, Turn(said[-1].id, "ben", ("base",))).done()
        taken = await director.perform(play, Turn(said[-1].id, "ada", ("base",))).done()
        stored = await house.library.tree(play.id)
        detail = (await director.line(said[0].id)).to_json()
        return said, absent, taken.lines[0], stored, detail

    said, absent, taken, stored, detail = in_house(work)
    assert [stored[line.id].heard_by for line in said] == [
        ("ada", "guest"), None, ("ada", "guest"),
    ]  # fmt: skip
    assert [line.text for line in said] == ["I am lost.", "Ben leaves.", "He is gone."]
    assert said[0].kind is Kind.WHISPER
    assert detail["audience"] == ("ada",)
    assert absent.lines == ()
    assert "not on stage" in absent.errors[0]
    assert stored[taken.id].heard_by == taken.heard_by == ("ada", "guest")


def test_names_of_a_typed_line_are_said_and_stored_as_they_were_said(in_house, scene):
    async def work(house):
        director = house.director
        play = await director.new_play(scene)
        said = await director.say(play.id, play.leaf, "guest", "{{user}} asks {{char}} {{date}}")
        assert said.text == "Guest asks Ada {{date}}"
        await director.do(play.id, "edit", {"line": said.id, "text": "{{user}}"})
        assert play.tree[play.leaf].text == "{{user}}", "an edit is letter for letter"

    in_house(work)


def test_greetings_are_sibling_openings_and_the_first_is_stood_on(in_house, scene):
    opening = replace(scene.opening[0], others=("Or this?", "Or that?"))

    async def work(house):
        play = await house.director.new_play(replace(scene, opening=(opening,)), seed=1)
        return play, await house.library.tree(play.id)

    play, stored = in_house(work)
    texts = [line.text for line in stored.children(play.start)]
    assert texts == ["How many are we tonight?", "Or this?", "Or that?"]
    assert play.tree[play.leaf].text == stored.leaf_under(play.start).text == texts[0]


def test_a_long_path_is_open_before_all_its_siblings_are_known(tmp_path):
    play_id, ids = chain(tmp_path / "library.db", 300)

    async def work():
        library = await Library.open(tmp_path / "library.db")
        director = Director(library, Pool())
        try:
            play = await director.open(play_id)
            other = (await library.around(play_id, ids[100]))[1][-1]
            for at in (290, 150, 100):  # the last one is shown
                await director.do(play_id, "edit", {"line": ids[at], "text": "other words"})
            again = Director(library, Pool())
            fresh = await again.open(play_id)
            await again.reach(fresh, ids[300])
            assert [line.id for line in fresh.path(ids[300])] == list(ids[1:])
            assert fresh.tree.place(ids[290]) == (1, 2)
            assert fresh.tree.place(ids[150]) == (1, 1)
            assert await again.surround(fresh, ids[300])
            assert fresh.tree.place(ids[150]) == (1, 2)
            # What stands beside an edited line is read, too: it tells whose take that is.
            edited = next(each for each in fresh.tree.siblings(ids[290]) if each != ids[290])
            await again.reach(fresh, edited)
            assert fresh.tree.at_hand(ids[290])
            assert not fresh.tree.unread(fresh.path(edited))
            assert not await again.surround(fresh, ids[300])
            assert play.tree[ids[100]] == other
            for each in (director, again):
                await each.close()
                await each.pool.close()
        finally:
            await library.close()

    asyncio.run(work())
