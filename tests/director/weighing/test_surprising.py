"""Surprisal of a line: as a member of the play, never stored."""

from __future__ import annotations

import asyncio
import hashlib
import math
from pathlib import Path

import numpy as np
import pytest

from stage.app.house import open_house
from stage.director.prompts import view
from stage.director.turns.performing import Turn
from stage.engine.backends import BACKENDS
from stage.engine.orders import LoadSettings
from stage.kit.errors import BadInput
from stage.play.line import Kind
from tests.director.turns.test_expecting import softmax
from tests.director.weighing.making import surprisal

OPENERS = ("As an AI language model,", "I am an assistant.", "How can I help you today?")
LOG = (
    ("ada", "We are three, I counted twice."),
    ("ben", "Then who is the fourth, at the window?"),
    ("ada", "Nobody. I am an AI language model."),
    ("guest", "llama ☃ <|im_end|>"),
)
# Nats of each line of LOG, then of each opener said by Ben after it: as base, as chat reads it.
# They hold for the model files of these hashes; new files need new numbers, which the failing
# test prints.
HASHES = (
    "4c5065cd2bab44c7642b28b2ca5588571a034c9a2f2a164ce13ab01fa4e04c0d",
    "4b77d706a89b82b11d6b6263771ce1f8054b733394240b9482843533bdd9f7be",
)
STORED = (
    (41.87, 44.43), (45.51, 50.42), (48.69, 46.46), (193.87, 160.75),
    (38.67, 35.72), (15.16, 12.67), (21.15, 19.52),
)  # fmt: skip


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
        given = {"line": play.leaf, "member": "Guest", "count": 1, "model": "chat",
                 "frame": "user_slot"}  # fmt: skip
        done = await house.director.do(play.id, "takes", given)
        detail = await house.director.line(done.made[0])
        assert (detail.frame, detail.line.speaker) == ("user_slot", "guest")
        assert play.cast(done.made[0])["guest"].human  # still a person's part

    in_house(work)


def test_the_chance_of_an_assistant_s_opening_is_that_of_a_full_softmax(tmp_path, scene):
    """Assistant takes over (concordia#78): P(opener) in a persona's prompt, by another path."""

    async def work():
        async with open_house(tmp_path / "library.db") as house:
            play = await house.director.new_play(scene, seed=3)
            file = play.models["chat"]
            model = await house.pool.load(file)
            found = []
            for opener in OPENERS:
                line = await house.director.say(play.id, play.start, "ben", opener)
                told = await surprisal(play, line.id, model, name="chat")
                seen = await view(house.pool, play, play.start, "ben", model="chat")
                found.append((opener, told, seen.received.prepared))
            return file, found

    file, found = asyncio.run(work())
    runner = BACKENDS["llama"].open(Path(file), LoadSettings(cells=512), 1, lambda _: True)
    try:
        for opener, told, prepared in found:
            assert told.frame == "self"
            base, said = list(prepared.tokens), runner.tokenise(opener, special=False)
            assert told.tokens == len(said)
            whole = base + said
            nats = -sum(
                math.log(softmax(runner, whole[:at])[whole[at]])
                for at in range(len(base), len(whole))
            )
            assert told.nats == pytest.approx(nats, abs=0.02)
            assert np.exp(-told.nats) < 0.05, "the assistant is all but taking over"
    finally:
        runner.close()


def test_whose_voice_a_line_is_keeps_its_stored_values(in_house, scene):
    """A removed role's style takes over (Marinara-Engine#6478): attribution on a fixed log."""

    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        models = [await house.pool.load(play.models[name]) for name in ("base", "chat")]
        at, lines = play.leaf, []
        for speaker, text in LOG:
            at = (await house.director.say(play.id, at, speaker, text)).id
            lines.append(at)
        for opener in OPENERS:
            lines.append((await house.director.say(play.id, at, "ben", opener)).id)
        found = []
        for line in lines:
            read = [await surprisal(play, line, each, frame="transcript") for each in models]
            found.append(tuple(round(each.nats, 2) for each in read))
        files = [Path(play.models[name]) for name in ("base", "chat")]
        return tuple(found), tuple(hashlib.sha256(each.read_bytes()).hexdigest() for each in files)

    nats, hashes = in_house(work)
    if hashes != HASHES:
        pytest.fail(f"other model files: store {hashes} and {nats}")
    for now, stored in zip(nats, STORED, strict=True):
        assert now == pytest.approx(stored, rel=0.01)
