"""Scene files: read whole or refused with the file, the reason and the remedy."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.errors import BadInput
from stage.play.cast import ActorKind
from stage.play.line import Kind
from stage.play.persona import Persona, from_card, persona
from stage.play.scene import Scene, read_scene

WHOLE = """
title = "The lighthouse"
setting = "A room."
rule = "manual"
turns = 3
takes = 2
seed = 9
fan_out = ["chat", "base"]
[models]
base = "stage-base"
chat = "chat.gguf"
[[cast]]
persona = "iris"
model = "base"
frame = "transcript"
sampler = { chain = [{ name = "temperature", t = 0.5 }], max_tokens = 9 }
[[cast]]
name = "Bo Bo"
label = "Bo"
about = "You ask."
public = "a guest"
actor = "human"
[[cast]]
persona = "teller"
model = "chat"
[[opening]]
speaker = "bo"
text = "Hello?"
[[opening]]
speaker = "Teller"
kind = "narration"
text = "Night."
"""
OPENED = '[[opening]]\nspeaker = "Ada"\ntext = "x"\n'
SMALL = '[models]\nbase = "b"\n[[cast]]\nname = "Ada"\nmodel = "base"\n'


def find(name: str) -> Persona:
    if name == "teller":
        extensions = {"stage/narrator": True}
        data = {"name": "Teller", "extensions": extensions}
        return from_card({"spec": "chara_card_v3", "data": data}, where=name)
    if name == "iris":
        return persona("Iris")
    raise BadInput(f"there is no persona {name}; choose another.")


def read(text: str) -> Scene:
    return read_scene(text, where="a.toml", find=find)


def test_a_whole_scene_is_read() -> None:
    scene = read(WHOLE)
    assert (scene.title, scene.setting, scene.rule) == ("The lighthouse", "A room.", "manual")
    assert (scene.turns, scene.takes, scene.seed) == (3, 2, 9)
    assert list(scene.models.items()) == [("base", "stage-base"), ("chat", "chat.gguf")]
    assert scene.fan_out == ("base", "chat")  # in the order of the models
    iris, guest, teller = scene.cast
    assert (iris.id, iris.actor.model, iris.actor.frame) == ("iris", "base", "transcript")
    assert iris.actor.sampler is not None
    assert iris.actor.sampler.max_tokens == 9
    assert (guest.label, guest.actor.kind, guest.persona.public) == (
        "Bo", ActorKind.HUMAN, "a guest",
    )  # fmt: skip
    assert (iris.colour, guest.colour, teller.colour) == (0, 1, 7)
    assert [(each.speaker, each.kind) for each in scene.opening] == [
        ("bo", Kind.SPEECH), ("teller", Kind.NARRATION),
    ]  # fmt: skip


def test_what_is_left_out_has_a_default() -> None:
    scene = read(f'title = "T"\n{SMALL}')
    assert (scene.setting, scene.rule, scene.turns, scene.takes) == ("", "round_robin", 6, 1)
    assert (scene.fan_out, scene.seed, scene.opening) == ((), None, ())


def test_a_scene_reads_back_from_json_without_its_opening() -> None:
    scene = read(WHOLE)
    personas = {member.persona.version: member.persona for member in scene.cast}
    again = Scene.from_json(json.loads(json.dumps(scene.to_json())), personas)
    assert again.to_json() == scene.to_json()
    assert [each.persona for each in again.cast] == [each.persona for each in scene.cast]
    assert again.opening == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("= no", "not valid TOML"),
        ("a = " + "[" * 5000, "not valid TOML"),
        ("#" * 300_000, "256 KiB"),
        (SMALL, "title is missing"),
        (f'title = ""\n{SMALL}', "title is missing"),
        (f'title = "T"\ncolour = "red"\n{SMALL}', "unknown key colour"),
        ('title = "T"\n[[cast]]\nname = "Ada"\nmodel = "base"\n', "names no models"),
        ('title = "T"\n[models]\nbase = 5\n', "model base has no file"),
        ('title = "T"\n[models]\nbase = "b"\n', "has no cast"),
        ('title = "T"\ncast = [1]\n[models]\nbase = "b"\n', "has no cast"),
        (f'title = "T"\nrule = "chaos"\n{SMALL}', "rule chaos is not known"),
        (f'title = "T"\nturns = -1\n{SMALL}', "turns must be a whole number"),
        (f'title = "T"\nturns = true\n{SMALL}', "turns must be a whole number"),
        (f'title = "T"\nseed = 1.5\n{SMALL}', "seed must be a whole number"),
        (f'title = "T"\ntakes = 65\n{SMALL}', "takes must be a whole number"),
        (f'title = "T"\nfan_out = "base"\n{SMALL}', "fan_out is not a list"),
        (f'title = "T"\nfan_out = ["x"]\n{SMALL}', "model 'x' is not in"),
        (f'title = "T"\nsetting = 5\n{SMALL}', "setting is missing or not a text"),
        (f'title = "T"\n{SMALL}mood = "x"\n', "unknown key mood"),
        (f'title = "T"\n{SMALL.replace("base", "b", 1)}', "model 'base' is not in"),
        (f'title = "T"\n{SMALL}frame = "x"\n', "frame x is not known"),
        (f'title = "T"\n{SMALL}actor = "cat"\n', "use model, human or script"),
        (f'title = "T"\n{SMALL}sampler = 5\n', "sampler of Ada is not a table"),
        (f'title = "T"\n{SMALL}sampler = {{ max_tokens = 0 }}\n', "max_tokens"),
        ('title = "T"\n[models]\nb = "b"\n[[cast]]\nname = "Ada"\n', "Ada has no model"),
        ('title = "T"\n[models]\nb = "b"\n[[cast]]\npersona = "x"\n', "no persona x"),
        (f'title = "T"\n{SMALL}[[cast]]\nname = "ADA"\nmodel = "base"\n', "look alike"),
        (f'title = "T"\n{SMALL}[[opening]]\nspeaker = "Bo"\ntext = "x"\n', "not in the cast"),
        (f'title = "T"\n{SMALL}[[opening]]\nspeaker = "Ada"\ntext = ""\n', "text is missing"),
        (f'title = "T"\n{SMALL}{OPENED}kind = "scene"\n', "kind scene"),
        (f'title = "T"\n{SMALL}{OPENED}when = 1\n', "unknown key when"),
        (f'title = "T"\nopening = 5\n{SMALL}', "not a list of tables"),
        (f'title = "T"\n{SMALL}actor = "script"\n', "script of Ada is empty"),
        (f'title = "T"\n{SMALL}muted = 1\n', "muted of Ada is neither"),
        (f'title = "T"\n{SMALL}counterpart = "Bo"\n', "speaks with Bo, who is nobody"),
        (f'title = "T"\n{SMALL}[[cast.layers]]\nname = "X"\nmood = 1\n', "unknown key mood"),
        (f'title = "T"\n{SMALL}[[cast.layers]]\nname = "a:b"\n', "cannot label"),
        (f'title = "T"\n{SMALL}[[lore]]\nkeys = ["x"]\n', "lore is not a list"),
        (f'title = "T"\nlore = 5\n{SMALL}', "lore is not a list"),
        (f'title = "T"\n{SMALL}{OPENED * 501}', "501 opening lines, but 500 at most"),
    ],
)  # fmt: skip
def test_a_wrong_scene_is_refused_with_file_and_reason(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        read(text)
    assert "a.toml" in caught.value.sentence


@given(st.text(st.sampled_from('abt[]{}="\n#,.1 '), max_size=80))
def test_any_text_is_a_scene_or_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        read(f"{text}\n")


WHISPERED = """
title = "T"
[models]
base = "m"
[[cast]]
name = "Ada"
model = "base"
[[cast]]
name = "Bo"
actor = "human"
[[cast]]
name = "Cy"
actor = "human"
offstage = true
[[opening]]
speaker = "Ada"
kind = "whisper"
to = ["bo"]
text = "Hush."
[[opening]]
speaker = "Cy"
kind = "enter"
"""


def test_an_opening_line_has_an_audience_and_members_may_wait_offstage():
    scene = read_scene(WHISPERED, where="x", find=pytest.fail)
    assert [(each.kind, each.to) for each in scene.opening] == [
        (Kind.WHISPER, ("bo",)), (Kind.ENTER, ()),
    ]  # fmt: skip
    cards = {member.persona.version: member.persona for member in scene.cast}
    again = type(scene).from_json(scene.to_json(), cards)
    assert [member.offstage for member in again.cast] == [False, False, True]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('["bo"]', '["Zed"]', "Zed, who is not in the cast"),
        ('["bo"]', '["Cy"]', "Cy cannot hear"),
        ('to = ["bo"]', "", "needs someone"),
        ('"enter"', '"speech"', "text is missing"),
        ('"enter"', '"exit"', "Cy is not on stage"),
        ("true", "1", "offstage of Cy"),
    ],
)
def test_an_opening_that_nobody_could_hear_is_refused(old, new, reason):
    with pytest.raises(BadInput, match=reason):
        read_scene(WHISPERED.replace(old, new), where="x", find=pytest.fail)


RULED = WHISPERED.replace('title = "T"', 'title = "T"\nrule = "narrator"\n[params]\nafter = 2')


def test_a_rule_has_settings_that_are_kept():
    scene = read_scene(RULED, where="x", find=pytest.fail)
    cards = {member.persona.version: member.persona for member in scene.cast}
    assert scene.params == type(scene).from_json(scene.to_json(), cards).params == {"after": 2}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("after = 2", "beyond = 2", "no parameter beyond"),
        ("after = 2", 'after = "2"', "is no int"),
        ("after = 2", "after = true", "is no int"),
        ("after = 2", 'otherwise = "gone"', "the rule gone"),
        ("[params]\nafter = 2", "params = 3", "not a table"),
        ("offstage = true", "talkativeness = 2", "from 0 to 1"),
    ],
)
def test_settings_that_a_rule_does_not_know_are_refused(old, new, reason):
    with pytest.raises(BadInput, match=reason):
        read_scene(RULED.replace(old, new), where="x", find=pytest.fail)


def test_a_persona_may_greet_in_several_ways():
    card = persona("Ada", first_mes="Hi.", alternate_greetings=["Ho.", "", 3])
    text = (
        'title = "T"\n[models]\nbase = "m"\n[[cast]]\npersona = "ada"\nmodel = "base"\n'
        '[[opening]]\nspeaker = "Ada"\ngreeting = true\n'
    )
    opening = read_scene(text, where="x", find=lambda _: card).opening[0]
    assert (opening.text, opening.others) == ("Hi.", ("Ho.",))
    with pytest.raises(BadInput, match="Ada greets"):
        read_scene(text, where="x", find=lambda _: persona("Ada"))
    with pytest.raises(BadInput, match="Ada greets"):
        read_scene(text + 'text = "x"\n', where="x", find=lambda _: card)


def test_where_models_play_several_the_greetings_for_a_group_come_first():
    card = persona("Ada", first_mes="Hi.", group_only_greetings=["Hello all."])
    text = (
        'title = "T"\n[models]\nbase = "m"\n[[cast]]\npersona = "ada"\nmodel = "base"\n'
        '[[cast]]\nname = "Bo"\n%s\n[[opening]]\nspeaker = "Ada"\ngreeting = true\n'
    )
    for bo, said in (('model = "base"', ("Hello all.", "Hi.")), ('actor = "human"', ("Hi.",))):
        opening = read_scene(text % bo, where="x", find=lambda _: card).opening[0]
        assert (opening.text, *opening.others) == said


def test_layers_flags_scripts_and_lore_are_read_and_written() -> None:
    text = f"""title = "T"
    {SMALL}
    muted = true
    spectator = true
    counterpart = "Bo"
    secret = "I am late."
    [[cast.layers]]
    name = "Mask"
    about = "You are loud."
    direction = "Be loud."
    [[cast]]
    name = "Bo"
    actor = "script"
    lines = ["One.", "Two."]
    [[lore]]
    keys = ["sea"]
    content = "The sea is deep."
    """
    made = read(text)
    ada = made.cast["mask" if "mask" in made.cast else "ada"]
    assert (ada.label, ada.own_label, ada.direction) == ("Mask", "Ada", "Be loud.")
    assert (ada.muted, ada.spectator, ada.counterpart) == (True, True, "Bo")
    assert ada.beneath[0].persona.secrets == ("I am late.",)
    assert made.cast["bo"].actor.lines == ("One.", "Two.")
    assert [each.content for each in made.lore] == ["The sea is deep."]
    known = {each.version: each for each in made.cast.personas}
    again = Scene.from_json(made.to_json(), known)
    assert again.cast.members == made.cast.members
    assert again.lore == made.lore
