import pytest

from stage.director.events import (
    Event,
    LineEnded,
    LineGrew,
    LineStarted,
    ModelChanged,
    TurnEnded,
    TurnStarted,
)
from stage.director.turns.performing import Turn
from stage.play.line import Cut, Status
from stage.play.speaking.rule import Decision


class Ear:
    """Keeps what the director tells."""

    def __init__(self):
        self.events: list[Event] = []

    def hear(self, event):
        self.events.append(event)

    def of(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


def test_two_models_speak_after_one_line_and_every_take_is_kept(in_house, scene):
    async def work(house):
        ear = Ear()
        house.director.told.connect(ear.hear)
        play = await house.director.new_play(scene, seed=3)
        turn = Turn(play.leaf, "ada", ("base", "chat"), takes=3)
        ended = await house.director.perform(play, turn).done()
        return play, ear, ended, await house.library.tree(play.id)

    play, ear, ended, stored = in_house(work)
    assert ended.errors == ()
    assert [(line.model, line.take) for line in ended.lines] == [
        (model, take) for model in ("base", "chat") for take in (1, 2, 3)
    ]
    turn = [event for event in ear.events if not isinstance(event, ModelChanged)]
    assert isinstance(turn[-1], TurnEnded)
    assert len(ear.of(TurnStarted)) == len(ear.of(TurnEnded)) == 1
    assert len(ear.of(LineStarted)) == len(ear.of(LineEnded)) == 6
    shown = [line.id for line in play.tree.children(ended.parent)]
    assert [line.id for line in stored.children(ended.parent)] == shown
    for line in ended.lines:
        assert stored[line.id] == play.tree[line.id] == line
        assert line.status is Status.COMPLETE
        assert line.parent == ended.parent


def test_whoever_is_told_of_the_end_knows_who_is_still_to_speak(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        known = []

        class Asker:
            def hear(self, event):
                if isinstance(event, TurnEnded):
                    known.append(play.queues.get((event.lines[0].id, "list")))

        asker = Asker()
        house.director.told.connect(asker.hear)
        turn = Turn(play.leaf, "ada", ("base",), decision=Decision(("ada", "bo"), "list", "x"))
        await house.director.perform(play, turn).done()
        return known

    assert in_house(work) == [("bo",)]


def test_growing_lines_end_as_they_are_stored(in_house, scene):
    async def work(house):
        ear = Ear()
        house.director.told.connect(ear.hear)
        play = await house.director.new_play(scene, seed=5)
        await house.director.perform(play, Turn(play.leaf, "ada", ("base",), takes=4)).done()
        details = [await house.director.line(each.line.id) for each in ear.of(LineEnded)]
        return ear, [detail.to_json() for detail in details]

    ear, details = in_house(work)
    for detail in details:
        grown = [event for event in ear.of(LineGrew) if event.line.id == detail["id"]]
        told = [token.id for event in grown for token in event.fresh]
        assert told == [token["id"] for token in detail["tokens"]]
        assert all(detail["text"].startswith(event.line.text) for event in grown)
        assert len(detail["tokens"]) <= 24
        assert all(token["logprob"] <= 0 and len(token["top"]) == 10 for token in detail["tokens"])
        assert detail["prompt"]["text"].endswith("Ada:")
        assert detail["sampler"]["chain"][-1]["name"] == "dist"


def test_the_same_seed_says_the_same_and_takes_differ(in_house, scene):
    async def work(house):
        texts = []
        for _ in range(2):
            play = await house.director.new_play(scene, seed=11)
            turn = Turn(play.leaf, "ada", ("base",), takes=3)
            ended = await house.director.perform(play, turn).done()
            texts.append([line.text for line in ended.lines])
        return texts

    first, second = in_house(work)
    assert first == second
    assert len(set(first)) == 3


def test_fanning_out_again_goes_on_counting(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=1)
        turn = Turn(play.leaf, "ada", ("base",), takes=2)
        await house.director.perform(play, turn).done()
        return (await house.director.perform(play, turn).done()).lines

    assert [line.take for line in in_house(work)] == [3, 4]


def test_stop_keeps_what_was_said(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=2)
        performance = None

        class Stopper:
            def hear(self, event):
                if isinstance(event, LineGrew):
                    house.director.stop()

        stopper = Stopper()
        house.director.told.connect(stopper.hear)
        turn = Turn(play.leaf, "ada", ("base",), takes=2)
        performance = house.director.perform(play, turn)
        ended = await performance.done()
        return ended, await house.library.tree(play.id)

    ended, stored = in_house(work)
    assert len(ended.lines) == 2
    for line in ended.lines:
        assert line.reason in (
            Cut.USER,
            Cut.LABEL,
            Cut.BLOCK_END,
            Cut.NEW_NAME,
            Cut.LENGTH,
            Cut.EOG,
        )
        assert (line.status is Status.INTERRUPTED) == (line.reason is Cut.USER)
        assert stored[line.id].text == line.text


def test_a_missing_model_is_one_sentence_and_leaves_no_line(in_house, scene, tmp_path):
    async def work(house):
        play = await house.director.new_play(scene, seed=2)
        play.models["base"] = tmp_path / "gone.gguf"
        ended = await house.director.perform(play, Turn(play.leaf, "ada", ("base",))).done()
        return ended, len(play.tree)

    ended, lines = in_house(work)
    assert len(ended.errors) == 1
    assert "gone.gguf" in ended.errors[0]
    assert ended.lines == ()
    assert lines == 2


@pytest.mark.parametrize("models", [("base",), ("chat",)])
def test_the_prompt_as_sent_names_the_speaker_once(in_house, scene, models):
    async def work(house):
        play = await house.director.new_play(scene, seed=2)
        ended = await house.director.perform(play, Turn(play.leaf, "ben", models)).done()
        return (await house.director.line(ended.lines[0].id)).to_json()

    detail = in_house(work)
    assert "You answer." in detail["prompt"]["text"]
    assert "You count things." not in detail["prompt"]["text"]
    assert "Ada: How many are we tonight?" in detail["prompt"]["text"]
