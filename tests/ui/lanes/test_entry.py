from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from stage.play.cast import Cast
from stage.play.line import Kind, Status
from stage.play.persona import persona
from stage.play.tree import Tree
from stage.ui.lanes.entry import chip, entry, mark, said_by, speaker
from tests.play.test_growth import Shelf
from tests.ui.helpers import line, play


def test_whom_a_whisper_was_for_is_told_by_name_though_they_joined_later() -> None:
    of = play()
    joined = {**of.scene.cast["ben"].to_json(), "id": "mira", "label": "Mira Vale"}
    of.tree.add(replace(of.tree["a"], labels={"cast:mira": joined}))
    of.tree.add(line("w", "a", "Come.", "ada", kind=Kind.WHISPER, heard_by=("ada", "mira")))
    assert mark(of, of.tree["w"]) == "whisper to Mira Vale"


def test_kinds_audiences_and_endings_are_words() -> None:
    of = play()
    assert mark(of, line("x", "a", "One.")) == ""
    whisper = line("x", "a", "One.", kind=Kind.WHISPER, heard_by=("ada", "ben"))
    assert mark(of, whisper) == "whisper to Ben"
    assert mark(of, line("x", "a", "One.", status=Status.INTERRUPTED)) == "interrupted"
    assert mark(of, line("x", "a", " \n")) == "nothing said"
    assert mark(of, line("x", "a", " \n", status=Status.RUNNING)) == ""
    assert mark(of, line("x", "a", "One.", labels={"chapter": "Fog"})) == "Fog"
    assert mark(of, line("x", "a", "One.", heard_by=("ada", "guest"))) == "heard by Guest"
    summed = line("x", "a", "So far.", kind=Kind.NARRATION, labels={"summary": ["a", "b1"]})
    assert mark(of, summed) == "summary of 2 lines"
    assert chip(of, line("x", "a", model=None)) == "typed"
    for kind in (Kind.NARRATION, Kind.ENTER, Kind.EXIT):
        assert chip(of, line("x", "a", model=None, kind=kind)) == "scene"


def test_a_greeting_of_a_card_is_not_typed() -> None:
    of = play()
    card = persona("Ada", first_mes="I am {{char}}.", group_only_greetings=["Hello all."])
    members = [replace(each, persona=card) if each.id == "ada" else each for each in of.scene.cast]
    of.scene = replace(of.scene, cast=Cast(members))
    said = [line("x", "a", model=None, speaker="ada", text=text)
            for text in ("I am Ada.", "Hello all.", "I am Ada")]  # fmt: skip
    assert [chip(of, each) for each in said] == ["greeting", "greeting", "typed"]


def test_somebody_who_left_the_cast_still_has_a_name() -> None:
    stranger = replace(line("x", "r"), speaker="gone")
    of = play(stranger)
    assert entry(of, stranger).name == "gone"
    assert speaker(of, stranger) is None


def test_two_models_of_one_file_name_are_told_apart() -> None:
    of = play()
    of.models = {"base": Path("x/m.gguf"), "chat": Path("y/m.gguf")}
    assert of.titles == {"base": "base", "chat": "chat"}
    assert of.title_of("none") == "none"


def test_whose_take_was_worded_anew_is_told_by_what_is_at_hand() -> None:
    edited = line("b4", "a", "One, edited.", "ben", order=6, model=None, reason=None)
    whole = play()
    whole.tree.add(edited)
    of = play()
    shelf = Shelf(whole.tree)
    of.tree = Tree(stored=shelf)
    of.tree.path("b4")
    of.tree.visible("a")
    read = set(shelf.read)
    assert said_by(of, of.tree["b4"]) is None
    assert not entry(of, of.tree["b4"], another=True).more
    assert shelf.read == read, "nothing is read for it"
    of.tree.learn_lines(["b3"], [whole.tree["b3"]])
    assert said_by(of, of.tree["b4"]) == "chat"
    assert entry(of, of.tree["b4"], another=True).more
