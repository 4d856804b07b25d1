"""Takes of one model: what fits, what is kept when the worker or the house goes."""

import asyncio
from dataclasses import replace

import pytest

from stage.app.house import open_house
from stage.director.performing import Turn
from stage.director.prompts import Received
from stage.director.taking import Taking, _cut
from stage.engine.orders import Prepared
from stage.play.cutting import CutRule
from stage.play.line import Status
from stage.play.prompting import FRAMES
from stage.play.prompting.frame import Prompt


def test_what_did_not_fit_is_on_record_and_never_silent(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        leaf = play.leaf
        for number in range(30):
            text = f"Number {number}. " + "One and two and three and four and five and six. " * 4
            leaf = (await house.director.say(play.id, leaf, "guest", text)).id
        ended = await house.director.perform(play, Turn(leaf, "ada", ("base", "chat"))).done()
        return [(await house.director.line(line.id)).to_json() for line in ended.lines], play

    details, play = in_house(work)
    assert {detail["model_name"] for detail in details} == {"base", "chat"}
    lines = [line.id for line in play.path(details[0]["parent"])]
    for detail in details:
        dropped = [each["line"] for each in detail["prompt"]["dropped"]]
        shown = [each["line"] for each in detail["prompt"]["segments"] if each.get("line")]
        assert dropped
        assert dropped == lines[: len(dropped)]  # the oldest first, in order
        assert sorted({*dropped, *shown}) == sorted(lines)
        assert len(detail["prompt"]["tokens"]) + detail["sampler"]["max_tokens"] <= 1024


def test_a_worker_killed_in_mid_sentence_keeps_the_text_and_says_why(
    in_house, scene, monkeypatch, expected_logs
):
    expected_logs.expect("worker ended")

    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        long = replace(scene.cast["ada"].actor.sampler, max_tokens=400)
        monkeypatch.setattr(Taking, "_sampler", lambda self, model: long)
        performance = house.director.perform(play, Turn(play.leaf, "ada", ("base",), takes=4))
        while not any(line.tokens for line in play.tree):
            await asyncio.sleep(0.01)
        for model in house.pool.models():
            kill(model)
        ended = await performance.done()
        again = await house.director.perform(play, Turn(play.leaf, "ada", ("base",))).done()
        return ended, again, await house.library.tree(play.id)

    def kill(model):
        model._client._process.kill()

    ended, again, stored = in_house(work)
    crashed = [line for line in ended.lines if line.status is Status.INTERRUPTED]
    assert crashed
    assert len(ended.errors) == 1
    assert "memory" in ended.errors[0] or "killed" in ended.errors[0].lower()
    assert all(stored[line.id].text == line.text for line in ended.lines)
    assert again.errors == ()  # a fresh worker took over


def test_closing_the_house_keeps_what_runs(scene, tmp_path):
    async def work():
        async with open_house(tmp_path / "library.db") as house:
            play = await house.director.new_play(scene, seed=3)
            house.director.perform(play, Turn(play.leaf, "ada", ("base",), takes=4))
            while not any(line.tokens for line in play.tree):
                await asyncio.sleep(0.01)
            shown = {line.id: line.text for line in play.tree}
        async with open_house(tmp_path / "library.db") as house:
            return shown, await house.library.tree(play.id), house.library.interrupted

    shown, stored, interrupted = asyncio.run(work())
    assert interrupted == ()
    assert all(stored[line].text.startswith(text) for line, text in shown.items())


@pytest.mark.parametrize(
    ("text", "prefill", "thinking", "fresh"),
    [
        ("<|im_start|>assistant\n", "", False, True),
        ("<|im_start|>assistant\n<think>\n", "", True, True),
        ("<|im_start|>assistant\nWell,", "Well,", False, False),
        ("<think></think>\n", "", False, True),
    ],
)
def test_what_the_exact_prompt_leaves_open_goes_into_the_cut(text, prefill, thinking, fresh):
    rule = CutRule(("Ada",), ("Ben",), False, fresh=True)
    prompt = Prompt("self", "chat", (), prefill, rule)
    cut = _cut(Received(FRAMES["self"], prompt, Prepared(text, ()), (), prompt))
    assert (cut.thinking, cut.fresh) == (thinking, fresh)
    assert (cut.own, cut.others) == (rule.own, rule.others)
