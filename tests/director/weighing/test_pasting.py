from __future__ import annotations

import pytest

from stage.director.weighing.pasting import Pasted, scored
from stage.kit.errors import BadInput


def test_a_long_text_is_scored_in_stretches_that_make_it_whole(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        file = play.models["base"]
        text = "The lamp turns.\n\nSomebody is on the stairs, é and 中文.  " * 60
        heard: list[tuple[int, int]] = []
        found = [each async for each in scored(house.pool, file, Pasted(text, "A play."),
                                               lambda *at: heard.append(at))]  # fmt: skip
        assert len(found) > 2
        assert "".join(each.text for each in found) == text
        for each in found:
            assert text[each.start :].startswith(each.text)
            assert each.tokens[-1].end == len(each.text.encode())
            assert all(token.logprob is not None for token in each.tokens)
        assert found[0].before > 0
        assert found[-1].before > 400
        assert found[-1].done == found[-1].total == sum(len(each.tokens) for each in found)
        assert [done for done, _ in heard] == sorted(done for done, _ in heard)

    in_house(work)


def test_one_stretch_is_what_the_command_line_scores(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        model = await house.pool.load(play.models["chat"])
        for form, context in (("text", ""), ("chat", "Who is there?")):
            pasted = Pasted("It is only me, the keeper.", context, form)
            (found,) = [each async for each in scored(house.pool, play.models["chat"], pasted)]
            whole = await model.score(pasted.text, context, form=form)
            assert [each.id for each in found.tokens] == [each.id for each in whole.tokens]
            assert found.tokens[3].logprob == pytest.approx(whole.tokens[3].logprob, abs=1e-4)
        for bad, said in ((Pasted(" "), "no text"), (Pasted("Yes.", "", "chat"), "user's turn")):
            with pytest.raises(BadInput, match=said):
                [each async for each in scored(house.pool, play.models["chat"], bad)]
        long = Pasted("Yes, and no, and yes again. " * 90, "Well?", "chat")
        found = [each async for each in scored(house.pool, play.models["chat"], long)]
        assert len(found) > 1
        assert "".join(each.text for each in found) == long.text
        for each in found:
            made = b"".join(token.piece for token in each.tokens).decode()
            assert made.strip() == each.text.strip()

    in_house(work)
