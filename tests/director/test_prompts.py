"""What a member receives is what a turn sends, and every line is in it or told of."""

import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from stage.director import prompts
from stage.director.prompts import frame_of, sampler_of, view
from stage.director.turns.performing import Turn
from stage.director.wardrobe import load_scene
from stage.kit.errors import BadInput
from stage.play.cast import Actor, ActorKind
from stage.play.line import Kind
from stage.play.prompting.frame import Frame
from stage.play.sampling import BASE, CHAT, Sampler


def test_looking_shows_what_a_turn_sends_and_where_every_line_went(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        leaf = play.leaf
        for number in range(30):
            text = f"Number {number}. " + "One and two and three and four and five and six. " * 4
            kind = (Kind.SPEECH, Kind.THOUGHT, Kind.OOC)[number % 3]
            leaf = (await house.director.say(play.id, leaf, "guest", text, kind)).id
        seen = {
            name: await view(house.pool, play, leaf, "ada", model=name) for name in ("base", "chat")
        }
        ended = await house.director.perform(play, Turn(leaf, "ada", ("base", "chat"))).done()
        return play, leaf, seen, [await house.director.line(line.id) for line in ended.lines]

    play, leaf, seen, details = in_house(work)
    lines = {line.id: line for line in play.path(leaf)}
    for detail in (each.to_json() for each in details):
        one = seen[detail["model_name"]]
        told = one.to_json()
        assert (told["text"], told["tokens"]) == (
            detail["prompt"]["text"], detail["prompt"]["tokens"],
        )  # fmt: skip
        why = {each.line: each.why for each in one.left_out}
        shown = {each["line"] for each in detail["prompt"]["segments"] if each.get("line")}
        assert set(why) | shown == set(lines)
        assert not set(why) & shown
        assert {each for each, reason in why.items() if reason == "budget"} == {
            each["line"] for each in detail["prompt"]["dropped"]
        }
        assert all(
            lines[each].kind in (Kind.THOUGHT, Kind.OOC) for each in why if why[each] == "hidden"
        )
        assert all(each.tokens > 10 for each in one.left_out)


def test_own_frame_and_sampler_count_on_the_own_model_only(scene):
    ada = scene.cast["ada"]
    base, chat = (SimpleNamespace(kind=kind, metadata={}) for kind in ("base", "chat"))
    assert frame_of(ada, "base", "base").id == "transcript"
    assert frame_of(ada, "chat", "chat").id == "self"
    assert frame_of(ada, "chat", "chat", "transcript").id == "transcript"
    loom = replace(ada, actor=replace(ada.actor, frame="prose"))
    assert frame_of(loom, "chat", "chat").id == "prose", "the form of the play, on any model"
    person = replace(ada, actor=Actor(ActorKind.HUMAN, frame="prose"))
    assert frame_of(person, "chat", "chat").id == "prose", "a line of theirs by a model"
    with pytest.raises(BadInput, match="frame x"):
        frame_of(ada, "base", "base", "x")
    assert sampler_of(ada, "base", base).max_tokens == 24
    assert sampler_of(ada, "chat", chat) == replace(CHAT, max_tokens=24)
    assert sampler_of(scene.cast["guest"], "base", base) == BASE
    usual = replace(ada, actor=replace(ada.actor, sampler=Sampler(usual=True, max_tokens=9)))
    assert sampler_of(usual, "base", base) == replace(BASE, max_tokens=9)


def test_the_scene_of_whispers_keeps_its_secret(in_house):
    async def work(house):
        play = await house.director.new_play(load_scene(Path("4-whispers")), seed=3)
        names = ("iris", "marlow", "tamsin")
        return [await view(house.pool, play, play.leaf, name) for name in names]

    views = {each.member: each for each in in_house(work)}
    texts = {name: each.received.prepared.text for name, each in views.items()}
    secret, thought, aside = "The lamp went out", "never sleeps", "I could be rich"
    assert [name for name in texts if secret in texts[name]] == ["Iris", "Tamsin"]
    assert [name for name in texts if thought in texts[name]] == ["Tamsin"]
    assert [name for name in texts if aside in texts[name]] == ["Tamsin"]
    told = views["Marlow"].to_json()
    assert told["lore"] == [{"entry": "the ship", "key": "ship"}]
    assert [each["why"] for each in told["left_out"]] == ["hidden"] * 3


def test_the_scene_of_the_mask_takes_it_off_in_a_branch(in_house):
    async def work(house):
        play = await house.director.new_play(load_scene(Path("5-mask")), seed=3)
        leaf = play.leaf
        masked, other = [await view(house.pool, play, leaf, who) for who in ("odile", "marlow")]
        (made,) = (await house.director.do(play.id, "mask_off", {"line": leaf})).made
        bare = await view(house.pool, play, made, "odile")
        return [(each.member, each.received.prepared.text) for each in (masked, other, bare)]

    masked, other, bare = in_house(work)
    order = ["About Odile", "Here Odile plays Brandt", "About Brandt", "You are Brandt."]
    places = [masked[1].index(each) for each in order]
    assert (masked[0], places) == ("Brandt", sorted(places))
    assert "Odile" not in other[1]
    assert "actress" not in other[1]
    assert bare[0] == "Odile"
    assert "About Brandt" not in bare[1]
    assert "Brandt: Then you have found me." in bare[1]


def test_a_very_long_book_is_gone_through_beside_the_loop_and_tells_the_same(
    in_house, scene, monkeypatch
):
    entries = [{"keys": [f"place {n}"], "content": f"Place {n} is far."} for n in range(300)]
    long = replace(scene, book={"entries": [*entries, {"keys": [], "content": "Fog."}]})
    threads = []

    def told(self, *given):
        threads.append(threading.current_thread() is threading.main_thread())
        return prompt(self, *given)

    prompt = Frame.prompt
    monkeypatch.setattr(Frame, "prompt", told)

    async def work(house):
        play = await house.director.new_play(long, seed=3)
        said = await house.director.say(play.id, play.leaf, "guest", "To place 77, please.")
        first = await view(house.pool, play, said.id, "ada", model="base")
        monkeypatch.setattr(prompts, "MANY", 1_000)
        return first, await view(house.pool, play, said.id, "ada", model="base")

    first, second = in_house(work)
    assert threads == [False, True]
    assert first == second
    assert [each["key"] for each in first.to_json()["lore"]] == ["place 7", "place 77"]
