from __future__ import annotations

from stage.director import charting


def test_lines_are_handed_out_without_their_words_a_page_at_a_time(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene)
        await house.director.say(play.id, play.leaf, "guest", "Four.")
        first = await charting.spots(house.director, play.id, 0, 2)
        rest = await charting.spots(house.director, play.id, first[-1].order)
        return [*first, *rest], list(await house.library.tree(play.id))

    spots, lines = in_house(work)
    assert [(each.id, each.length) for each in spots] == [(e.id, len(e.text)) for e in lines]
