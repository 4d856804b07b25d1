"""A play from above: all of its lines, their first words, what is found in it and nowhere else."""

from __future__ import annotations

from typing import Any

from stage.director import surveying
from stage.play.outline import stem_of


def test_a_play_is_surveyed(in_house: Any, scene: Any) -> None:
    async def work(house: Any) -> None:
        director = house.director
        play, other = await director.new_play(scene), await director.new_play(scene)
        who = play.scene.cast.members[0].id
        said = await director.say(play.id, play.leaf, who, "The lantern is lit again.")
        await director.say(other.id, other.leaf, who, "The lantern elsewhere.")
        pages = [page async for page in surveying.stems(director, play.id)]
        assert [each for page in pages for each in page] == [stem_of(each) for each in play.tree]
        newer = [page async for page in surveying.stems(director, play.id, said.order - 1)]
        assert newer == [[stem_of(play.tree[said.id])]]
        assert await surveying.excerpts(director, play.id, [said.id], 11) == {
            said.id: "The lantern"
        }
        assert await surveying.found(director, play.id, "lant") == {said.id}
        assert await surveying.found(director, play.id, "lit lantern") == {said.id}
        assert await surveying.found(director, play.id, "...") == set()
        assert await surveying.found(director, play.id, "date:never") == set()

    in_house(work)
