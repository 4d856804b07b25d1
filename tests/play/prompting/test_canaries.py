"""Mind reading (ST#3508, #4766, #1829): a mark in every private text, and only its owners see it.

Plays of all kinds of lines, with entrances and exits, layers, lore of cards and of the play,
summaries and macros that quote what was said; every frame and every viewer.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stage.kit.errors import BadInput
from stage.play.audience import heard_all, heard_by, heard_by_all, present
from stage.play.cast import Cast, Layer, Member
from stage.play.line import Kind, Line
from stage.play.lore import read_book
from stage.play.persona import Persona, from_card
from stage.play.prompting import FRAMES
from stage.play.prompting.frame import Facts, Prompt, heard
from stage.play.prompting.summing import summary
from stage.play.speaking.director import question
from tests.play.making import member

IDS = ("ada", "bo", "cy", "di")
FIELDS = ("description", "personality", "scenario", "system_prompt", "post_history_instructions",
          "mes_example")  # fmt: skip
KINDS = [kind for kind in Kind if kind is not Kind.SCENE]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(IDS),
        st.sampled_from(KINDS),
        st.none() | st.sets(st.sampled_from(IDS), min_size=1, max_size=2),
    ),
    max_size=10,
)
Steps = list[tuple[str, Kind, set[str] | None]]


def card(owner: str) -> Persona:
    """A card with its owner's mark in everything that is private."""
    data: dict[str, Any] = {each: f"[{owner}:{each}] {{{{lastMessage}}}}" for each in FIELDS}
    data["character_book"] = {
        "entries": [{"keys": [], "constant": True, "content": f"[{owner}:always]"},
                    {"keys": ["said"], "content": f"[{owner}:lore] {{{{lastMessage}}}}"}]
    }  # fmt: skip
    extensions = {"stage/secret": [f"[{owner}:secret]"], "stage/public": f"known {owner}"}
    data |= {"name": owner.capitalize(), "extensions": extensions}
    return from_card({"spec": "chara_card_v3", "data": data}, where="test")


def members() -> Cast:
    """Ada plays Mask, who plays Face; Di begins offstage."""
    ada = member("ada", card("ada")).wearing(
        [Layer("Mask", card("mask"), "[ada:direction]"), Layer("Face", card("face"))]
    )
    di = Member("di", "Di", card("di"), ada.actor, offstage=True)
    return Cast([ada, member("bo", card("bo")), member("cy", card("cy")), di])


OWN = {"ada": {"ada", "mask", "face"}, "bo": {"bo"}, "cy": {"cy"}, "di": {"di"}}
CAST = members()
BOOK = read_book(  # an entry for every line: it may fire for those who heard that line only
    {"entries": [{"keys": [f"<{n}>"], "content": f"[knows {n}]"} for n in range(12)]}, "play"
)


def played(steps: Steps) -> list[Line]:
    """Lines as the director would commit them; what cannot be said is left out."""
    path: list[Line] = []
    for who, kind, to in steps:
        there = present(path, CAST)
        named = None if to is None or kind is not Kind.WHISPER else to
        with contextlib.suppress(BadInput):
            ears = heard_by(kind, who, named, CAST, there)
            text = f"said <{len(path)}>"
            path.append(Line(f"l{len(path)}", None, "p", kind, who, text, heard_by=ears))
    return path


def whole(prompt: Prompt) -> str:
    return "\0".join([*(each.text for each in prompt.segments), prompt.prefill])


def check(text: str, viewer: Member, path: list[Line]) -> None:
    for owner in re.findall(r"\[(\w+):\w+\]", text):
        assert owner in OWN[viewer.id], f"{viewer.id} is told what is {owner}'s"
    known = {each.id for each in heard(path, viewer)}
    for number in re.findall(r"(?:<|knows )(\d+)", text):
        assert f"l{number}" in known, f"{viewer.id} is told line {number}"


@pytest.mark.parametrize("name", FRAMES.names)
@settings(max_examples=40)
@given(STEPS)
def test_nobody_is_told_what_it_did_not_hear(name: str, steps: Steps) -> None:
    path = played(steps)
    facts = Facts("A play", "A room.", CAST, "2026-11-20", "7", "n", BOOK)
    for viewer in CAST:
        check(whole(FRAMES[name].prompt(path, viewer, facts)), viewer, path)


@settings(max_examples=60)
@given(STEPS)
def test_a_director_is_told_what_all_heard_and_no_private_card(steps: Steps) -> None:
    path = played(steps)
    there = present(path, CAST)
    asked = question(heard_by_all(path, CAST, there), CAST, sorted(there))
    assert not re.search(r"\[(\w+):\w+\]", asked)
    for number in re.findall(r"<(\d+)", asked):
        for each in there:
            assert f"l{number}" in {line.id for line in heard(path, CAST[each])}


@pytest.mark.parametrize("name", FRAMES.names)
@settings(max_examples=25)
@given(STEPS, st.sets(st.integers(0, 9), min_size=1, max_size=4))
def test_a_summary_is_told_to_those_only_who_heard_all_of_it(
    name: str, steps: Steps, chosen: set[int]
) -> None:
    path = played(steps)
    ids = [each.id for each in path if int(each.id[1:]) in chosen]
    facts = Facts("A play", "A room.", CAST, "2026-11-20", "7", "n", BOOK)
    try:
        ears = heard_all(path, ids, CAST) if ids else None
    except BadInput:
        return
    if not ids:
        return
    text = "Sum: " + " ".join(f"<{each[1:]}>" for each in ids)
    line = Line("s", None, "p", Kind.NARRATION, "bo", text, heard_by=ears, labels={"summary": ids})
    for viewer in CAST:
        made = FRAMES[name].prompt([*path, line], viewer, facts)
        check(whole(made), viewer, path)
        shown = [each.line for each in made.segments if each.line]
        hears = ears is None or viewer.id in ears
        staged = [each for each in heard(path, viewer) if each.kind is not Kind.OOC]
        wanted = [each.id for each in staged if not (hears and each.id in ids)]
        assert [each for each in shown if each != "s"] == wanted
        assert shown.count("s") == hears
        asked = summary(FRAMES[name], [each for each in path if each.id in ids], viewer, facts)
        if hears:
            assert not re.search(r"\[(\w+):\w+\]", whole(asked)), "a summary asks without cards"
