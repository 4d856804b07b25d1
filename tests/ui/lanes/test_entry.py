from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from stage.play.cast import Cast
from stage.play.line import Kind, Status
from stage.play.persona import persona
from stage.ui.lanes import entry as entries
from stage.ui.lanes.entry import Entries, chip, entry, mark, speaker
from tests.ui.helpers import line, play


def test_a_path_as_entries() -> None:
    of = play()
    made = Entries().of(of, of.path("c"), {"c": "9 tok/s"})
    assert [each.name for each in made] == ["Ada", "Ben", "Ada"]
    assert [(each.at, each.of) for each in made] == [(1, 1), (2, 3), (1, 1)]
    assert [each.chip for each in made] == ["stage-base", "stage-chat", "stage-base"]
    assert made[2].pace == "9 tok/s"
    assert made[0].colour != made[1].colour


def test_only_what_changed_is_made_again() -> None:
    of, made = play(), Entries()
    first = made.of(of, of.path("c"))
    again = made.of(of, of.path("c"))
    assert [one is other for one, other in zip(first, again, strict=True)] == [True] * 3
    of.tree.add(replace(of.tree["b2"], text="Changed."))
    of.tree.add(line("b4", "a", order=9))
    third = made.of(of, of.path("c"), {"c": "9 tok/s"})
    assert third[0] is first[0]
    assert (third[1].text, third[1].of) == ("Changed.", 4)
    assert third[2].pace == "9 tok/s"
    made.forget()
    assert made.of(of, of.path("c"))[0] is not first[0]


def test_of_a_play_that_is_new_the_last_lines_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MOST", 1)
    of, made = play(), Entries()
    path = of.path("c")
    assert [each.id for each in made.of(of, path)] == ["c"]
    assert [each.id for each in made.of(of, path)] == ["b2", "c"]
    assert [each.id for each in made.of(of, path)] == ["a", "b2", "c"]
    made.forget()
    assert len(made.of(of, path)) == 3  # once all were shown nothing goes
    assert len(Entries().of(of, path, wanted=["a", "elsewhere"])) == 3


def test_of_many_that_are_shown_a_few_are_made_anew_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of, made = play(), Entries()
    path = of.path("c")
    first = made.of(of, path)
    monkeypatch.setattr(entries, "MOST", 1)
    made.forget()
    changed = list[list[bool]]()
    behind = []
    for _ in range(3):
        now = made.of(of, path)
        behind.append(made.behind)
        changed.append([one is not other for one, other in zip(first, now, strict=True)])
    assert changed == [[False, False, True], [False, True, True], [True, True, True]]
    assert behind == [True, True, False], "after the last one nothing is looked at again"
    assert made.of(of, path) == now
    of.tree.add(replace(of.tree["c"], text="Changed."))
    made.of(of, of.path("c"))
    assert not made.behind, "those above it are as they were"


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
    assert mark(of, line("x", "a", "One.", heard_by=("ada", "guest"))) == "only to Guest"
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
