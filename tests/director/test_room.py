"""What is told of a context beforehand is what happens when somebody speaks."""

from stage.director.events import LinesLeftOut
from stage.director.room import Room, room
from stage.director.turns.performing import Turn
from stage.play.prompting.budget import Dropped


def test_what_will_be_left_out_is_known_before_anybody_speaks(in_house, scene):
    async def work(house):
        director = house.director
        play = await director.new_play(scene, seed=3)
        assert await room(house.pool, play, play.leaf, "ada", "base") is None, "nothing is loaded"
        await house.pool.load(play.models["base"])
        few = await room(house.pool, play, play.leaf, "ada", "base")
        leaf = play.leaf
        for number in range(40):
            text = f"Number {number}. " + "One and two and three and four and five and six. " * 3
            leaf = (await director.say(play.id, leaf, "guest", text)).id
        many = await room(house.pool, play, leaf, "ada", "base")
        huge = (await director.say(play.id, leaf, "guest", "One and two and three. " * 900)).id
        none = await room(house.pool, play, huge, "ada", "base")
        told = []

        def hear(event):
            if isinstance(event, LinesLeftOut):
                told.append(event)

        director.told.connect(hear)
        await director.perform(play, Turn(leaf, "ada", ("base",))).done()
        return few, many, none, told

    few, many, none, told = in_house(work)
    assert (few.lost, few.refused) == (0, "")
    assert 0 < few.share < 0.5
    assert (many.share, many.refused) == (1.0, "")
    assert list(many.dropped) == list(told[0].dropped)
    assert many.lost == len(many.dropped) > 3
    assert "fit" in none.refused
    assert none.share == 1.0


def test_a_share_is_never_more_than_all():
    assert Room("ada", "base", 50, 100).share == 0.5
    assert Room("ada", "base", 500, 100, (Dropped("a", 400, lines=3),)).share == 1.0
    assert Room("ada", "base", 500, 100, (Dropped("a", 400, lines=3),)).lost == 3
    assert Room("ada", "base", 5, 0).share == 1.0
