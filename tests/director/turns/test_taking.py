"""Takes of one model: what fits, what is kept when the worker or the house goes."""

import asyncio
from dataclasses import replace

import pytest

from stage.app.house import open_house
from stage.director.events import LineGrew, LinesLeftOut
from stage.director.prompts import Received, view
from stage.director.turns.journal import Journal
from stage.director.turns.performing import Turn
from stage.director.turns.taking import Taking, cut_of
from stage.engine.orders import Prepared
from stage.kit.errors import KnownError
from stage.play.cast import Cast, Layer
from stage.play.cutting import CutRule
from stage.play.line import Kind, Status
from stage.play.persona import from_card
from stage.play.prompting import FRAMES
from stage.play.prompting.frame import Prompt
from stage.play.prompting.summing import ASKED
from tests.director.leaving import left_out
from tests.engine.helpers import one_letter


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
    path = play.path(details[0]["parent"])
    lines = [line.id for line in path]
    for detail in details:
        dropped = left_out(detail["prompt"]["dropped"], path)
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
        killed = []

        def hear(event):
            if isinstance(event, LineGrew) and not killed:
                killed.extend(house.pool.models())
                for model in killed:
                    model._client._process.kill()

        house.director.told.connect(hear)
        with monkeypatch.context() as patch:
            patch.setattr(Taking, "_sampler", lambda self, model: one_letter(model))
            performance = house.director.perform(play, Turn(play.leaf, "ada", ("base",), takes=4))
            ended = await performance.done()
        again = await house.director.perform(play, Turn(play.leaf, "ada", ("base",))).done()
        return ended, again, await house.library.tree(play.id)

    ended, again, stored = in_house(work)
    crashed = [line for line in ended.lines if line.status is Status.INTERRUPTED]
    assert len(crashed) == 4
    assert len(ended.errors) == 1
    assert "memory" in ended.errors[0] or "killed" in ended.errors[0].lower()
    assert all(stored[line.id].text == line.text for line in ended.lines)
    assert again.errors == ()  # a fresh worker took over


def test_closing_the_house_keeps_what_runs(scene, tmp_path):
    async def work():
        async with open_house(tmp_path / "library.db") as house:
            play = await house.director.new_play(scene, seed=3)
            house.director.perform(play, Turn(play.leaf, "ada", ("base",), takes=4))
            while not any(line.generated for line in play.tree):
                await asyncio.sleep(0.01)
            shown = {line.id: line.text for line in play.tree}
        async with open_house(tmp_path / "library.db") as house:
            return shown, await house.library.tree(play.id), house.library.interrupted

    shown, stored, interrupted = asyncio.run(work())
    assert interrupted == ()
    assert all(stored[line].text.startswith(text) for line, text in shown.items())


def test_a_layer_variables_lore_and_what_is_left_out_go_with_the_takes(in_house, scene):
    data = {
        "name": "Mask",
        "description": "{{setvar::mood::{{random:calm,calm}}}}",
        "character_book": {
            "entries": [
                {
                    "keys": ["tonight"],
                    "content": "It is {{getvar::mood}}.",
                    "position": "after_char",
                }
            ]
        },
    }
    card = from_card({"spec": "chara_card_v3", "data": data}, where="test")
    ada = replace(scene.cast["ada"]).wearing([Layer("Mask", card)])
    played = replace(scene, cast=Cast([ada, scene.cast["ben"], scene.cast["guest"]]))
    told = []

    def hear(event):
        told.append(event)

    async def work(house):
        house.director.told.connect(hear)
        play = await house.director.new_play(played, seed=3)
        one = (await house.director.perform(play, Turn(play.leaf, "ada", ("base",))).done()).lines[
            0
        ]
        detail = await house.director.line(one.id)
        leaf = one.id
        for number in range(20):
            text = f"Number {number}. " + "One and two and three and four and five and six. " * 4
            leaf = (await house.director.say(play.id, leaf, "guest", text)).id
        frame = Turn(leaf, "ada", ("base",), frame="screenplay")
        two = (await house.director.perform(play, frame).done()).lines[0]
        assert play.facts(one.id).variables == {"mood": "calm"}
        late = await house.director.line(two.id)
        return one, detail, late, play.path(leaf), await house.library.check()

    one, detail, late, path, problems = in_house(work)
    assert problems == []
    assert (one.layer, detail.line.layer, detail.label) == ("Mask", "Mask", "Mask")
    assert detail.batch["variables"] == {"mood": "calm"}
    assert [each["label"] for each in detail.batch["layers"]] == ["Ada", "Mask"]
    assert detail.persona["version"] == card.version
    assert "[It is calm.]" in detail.prompt["text"]
    (lore,) = [each for each in detail.prompt["segments"] if "lore" in each]
    assert (lore["key"], lore["macros"]) == (
        "tonight", [{"macro": "{{getvar::mood}}", "value": "calm"}],
    )  # fmt: skip
    assert late.frame == "screenplay"
    (lost,) = [each for each in told if isinstance(each, LinesLeftOut)]
    assert [each.line for each in lost.dropped if each.line] == left_out(
        late.prompt["dropped"], path
    )
    order = [type(each).__name__ for each in told]
    assert order.index("LinesLeftOut") < len(order) - order[::-1].index("LineStarted") - 1


def test_a_model_sums_up_and_the_summary_stands_for_the_lines(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        leaf, ids = play.leaf, []
        for number in range(5):
            kind = Kind.THOUGHT if number == 2 else Kind.SPEECH
            line = await house.director.say(play.id, leaf, "guest", f"Number {number}.", kind)
            leaf = line.id
            ids.append(leaf)
        given = {"member": "Ada", "last": ids[3], "line": leaf, "model": "chat"}
        (made,) = (await house.director.do(play.id, "summarise", given)).made
        after = await view(house.pool, play, made, "ben")
        undone = await house.director.undo(play.id)
        return play, ids, play.tree[made], await house.director.line(made), after, undone

    play, ids, line, detail, after, undone = in_house(work)
    assert (line.kind, line.heard_by) == (Kind.NARRATION, None)
    assert ASKED in detail.prompt["text"]
    assert "Number 2" not in detail.prompt["text"]
    assert "count things" not in detail.prompt["text"]  # no private card in a summary
    assert not line.covers
    assert "summary" in undone.words
    covered = [play.path(ids[0])[0].id, ids[0], ids[1], ids[3]]
    assert [each.line for each in after.left_out if each.why == "summary"] == covered
    assert [each.line for each in after.left_out if each.why == "hidden"] == [ids[2]]


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
    cut = cut_of(Received(FRAMES["self"], prompt, Prepared(text, ()), (), prompt))
    assert (cut.thinking, cut.fresh) == (thinking, fresh)
    assert (cut.own, cut.others) == (rule.own, rule.others)


def test_a_take_that_could_not_be_stored_is_not_said_for_ever(in_house, scene, monkeypatch):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)

        async def fails(self, ending):
            raise KnownError("The disk is full.")

        monkeypatch.setattr(Journal, "end", fails)
        ended = await house.director.perform(play, Turn(play.leaf, "ada", ("base",), 2)).done()
        return ended, list(play.tree.running)

    ended, running = in_house(work)
    assert ended.errors == ("The disk is full.",)
    assert running == []
