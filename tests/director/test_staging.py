"""A play as it begins."""

import pytest

from stage.director.staging import recite
from stage.director.turns.playing import Course, go_on
from stage.director.wardrobe import load_persona
from stage.kit.errors import BadInput
from stage.play.cast import ActorKind
from stage.play.scene import read_scene

SCENE = """
title = "Greetings"
[models]
base = "none.gguf"
[[cast]]
persona = "odile"
actor = "human"
[[cast]]
name = "Bo"
actor = "human"
[[opening]]
speaker = "Bo"
text = "{{char}} stays as it is."
[[opening]]
speaker = "Odile"
greeting = true
[[opening]]
speaker = "Bo"
text = "Good evening."
"""


def test_greetings_are_siblings_with_macros_expanded_and_typed_lines_are_not(in_house, tmp_path):
    file = tmp_path / "none.gguf"
    file.write_bytes(b"")
    text = SCENE.replace("none.gguf", str(file))
    odile = load_persona("odile", beside=tmp_path)

    async def work(house):
        scene = read_scene(text, where="test", find=lambda name: odile)
        play = await house.director.new_play(scene, seed=1)
        path = [line.text for line in play.path(play.leaf)]
        first = play.tree.path(play.leaf)[2]
        return path, [play.tree[each].text for each in play.tree.siblings(first.id)]

    path, siblings = in_house(work)
    assert path[0] == "{{char}} stays as it is."
    assert path[1].startswith("Good evening, Bo. You will have to forgive")
    assert path[2] == "Good evening."
    assert siblings[0] == path[1]
    assert siblings[1] in ("Is this seat taken?", "Is this seat free?")


def test_a_script_says_its_lines_in_order_and_again(in_house, tmp_path):
    file = tmp_path / "none.gguf"
    file.write_bytes(b"")
    text = SCENE[: SCENE.index("[[opening]]")].replace("none.gguf", str(file))
    text = text.replace(
        'name = "Bo"\nactor = "human"', 'name = "Bo"\nactor = "script"\nlines = ["One.", "Two."]'
    )

    async def work(house):
        scene = read_scene(text, where="t", find=lambda name: load_persona(name, beside=tmp_path))
        play = await house.director.new_play(scene, seed=1)
        leaf = await go_on(house.director, play, Course(play.leaf, 3, skip_humans=True))
        stored = await house.library.scene(play.id)
        return [line.text for line in play.path(leaf)], stored[0].cast["bo"].actor

    texts, actor = in_house(work)
    assert texts == ["One.", "Two.", "One."]
    assert (actor.kind, actor.lines) == (ActorKind.SCRIPT, ("One.", "Two."))


def test_who_has_no_script_cannot_recite(in_house, tmp_path):
    file = tmp_path / "none.gguf"
    file.write_bytes(b"")
    text = SCENE[: SCENE.index("[[opening]]")].replace("none.gguf", str(file))

    async def work(house):
        scene = read_scene(text, where="t", find=lambda name: load_persona(name, beside=tmp_path))
        play = await house.director.new_play(scene, seed=1)
        with pytest.raises(BadInput, match="no script"):
            await recite(house.director, play, play.leaf, "bo")

    in_house(work)
