"""Surprisal of a line: as a member of the play, never stored."""

from __future__ import annotations

import math

import pytest

from stage.director.performing import Turn
from stage.director.surprising import surprisal
from stage.kit.errors import BadInput
from stage.play.line import Kind


def test_a_typed_line_is_worth_what_its_tokens_are_after_the_prompt(in_house, scene):
    async def work(house):
        director = house.director
        play = await director.new_play(scene, seed=3)
        line = await director.say(play.id, play.leaf, "guest", "We are three.")
        odd = await director.say(play.id, str(line.parent), "guest", "Qx zebra!! under 77")
        before = len(play.tree)
        for name in ("base", "chat"):
            model = await house.pool.load(play.models[name])
            found = await surprisal(play, line.id, model, name=name)
            other = await surprisal(play, odd.id, model, name=name)
            assert 0 < found.nats / found.bytes < other.nats / other.bytes
            told = found.to_json()
            assert told["bits_per_byte"] == pytest.approx(found.nats / 13 / math.log(2))
            assert found == await surprisal(play, line.id, model, name=name)
        model = await house.pool.load(play.models["base"])
        head = "A test\nCast: Ada, Ben, Guest\nSetting: A room.\n\n"
        text = f"{head}Ada: How many are we tonight?\nGuest:"
        score = await model.score(" We are three.", text)
        found = await surprisal(play, line.id, model, frame="transcript")
        assert found.nats == pytest.approx(-score.sum, abs=1e-3)
        assert found.tokens == len(score.tokens)
        assert len(play.tree) == before
        gone = await director.say(play.id, line.id, "ben", "", Kind.EXIT)
        with pytest.raises(BadInput, match="such words"):
            await surprisal(play, gone.id, model)

    in_house(work)


def test_a_person_s_line_can_be_written_by_any_model(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        turn = Turn(play.leaf, "guest", ("base", "chat"), 1, frame="transcript")
        ended = await house.director.perform(play, turn).done()
        assert [line.speaker for line in ended.lines] == ["guest", "guest"]
        given = {"line": play.leaf, "speaker": "Guest", "count": 1, "model": "chat",
                 "frame": "user_slot"}  # fmt: skip
        done = await house.director.do(play.id, "takes", given)
        detail = await house.director.line(done.made[0])
        assert (detail.frame, detail.line.speaker) == ("user_slot", "guest")
        assert play.cast(done.made[0])["guest"].human  # still a person's part

    in_house(work)
