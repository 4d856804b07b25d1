import pytest

from stage.director.turns.playing import Course, go_on
from stage.kit.errors import KnownError


def test_the_first_take_of_the_first_model_is_followed(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=4)
        leaf = await go_on(
            house.director, play, Course(play.leaf, turns=3, takes=2, skip_humans=True)
        )
        return play, leaf

    play, leaf = in_house(work)
    path = play.path(leaf)
    assert [line.speaker for line in path] == ["ada", "ben", "ada", "ben"]
    assert [line.take for line in path[1:]] == [1, 1, 1]
    assert play.leaf == leaf
    assert all(len(play.tree.siblings(line.id)) == 2 for line in path[1:])


def test_nobody_to_speak_is_said(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene)
        await go_on(house.director, play, Course(play.leaf, turns=1, rule="manual"))

    with pytest.raises(KnownError, match="waits for a choice"):
        in_house(work)
