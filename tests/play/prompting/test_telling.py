"""What is told beside what was said: cards, layers, lore and examples, expanded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stage.play.cast import Cast, Layer
from stage.play.line import Kind
from stage.play.lore import read_book
from stage.play.persona import Persona, from_card
from stage.play.prompting import FRAMES
from stage.play.prompting.frame import Prompt
from stage.play.prompting.telling import counterpart, greeting
from tests.play.making import cast, facts, member, said


def card(name: str, **data: Any) -> Persona:
    return from_card({"spec": "chara_card_v3", "data": {"name": name, **data}}, where="test")


def book(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"entries": [{"keys": ["light"], **each} for each in entries], **more}


PATH = [said("a", "ada", "The light is out."), said("b", "bo", "Is it?")]


def prompt(ada: Persona, frame: str = "transcript", path: Any = None, **more: Any) -> Prompt:
    members = Cast([member("ada", ada), *cast("bo", "guest_h")])
    known = replace(facts(members), seed="7", **more)
    return FRAMES[frame].prompt(PATH if path is None else path, members["ada"], known)


def told(made: Prompt) -> list[str]:
    return [each.text.strip() for each in made.segments if each.part == "private"]


def test_fields_of_a_card_do_not_run_into_each_other() -> None:
    ada = card("Ada", description="Tall", personality="dry, kind", scenario="Night on the rock")
    assert told(prompt(ada)) == ["[About Ada: Tall. dry, kind. Night on the rock]"]


def test_a_card_is_told_in_order_around_its_lore() -> None:
    ada = card(
        "Ada", description="D of {{char}}.", personality="P.", scenario="S.", system_prompt="H.",
        post_history_instructions="Last, {{user}}.", mes_example="<START>\nAda: a\n<START>Ada: b",
        creator_notes="NOTES", tags=["TAG"], creator="CREATOR", character_version="VERSION",
        extensions={"stage/secret": ["Hush."]},
        character_book=book(
            {"content": "after", "position": "after_char"}, {"content": "before"},
            {"content": "not now", "keys": ["whale"]},
        ),
    )  # fmt: skip
    assert told(prompt(ada)) == [
        "[before]",
        "[About Ada: H. D of Ada. P. S. Hush.]",
        "[after]",
        "[How Ada may speak:\n  Ada: a]",
        "[How Ada may speak:\n  Ada: b]",
        "[Last, Guest_h.]",
    ]
    whole = prompt(ada).text
    assert not any(each in whole for each in ("NOTES", "TAG", "CREATOR", "VERSION", "not now"))
    chat = prompt(ada, "self").messages()
    assert chat[0]["content"].endswith("\nYou are Ada. Speak only as Ada.")
    assert chat[-1]["content"].endswith(
        "[Last, Guest_h.]\n[Ada speaks now. Write only Ada's words.]"
    )


@pytest.mark.parametrize("name", FRAMES.names)
def test_every_frame_tells_everything_once(name: str) -> None:
    ada = card("Ada", description="<d>", mes_example="<e>", post_history_instructions="<l>",
               character_book=book({"content": "<k>"}, {"content": "@@depth 1\n<at>"}))  # fmt: skip
    whole = "\0".join(each.text for each in prompt(ada, name).segments)
    assert [whole.count(each) for each in ("<d>", "<e>", "<l>", "<k>", "<at>")] == [1] * 5
    assert whole.index("out.") < whole.index("<at>") < whole.index("Is it?")


def test_each_view_has_its_own_user_and_char() -> None:
    """ST#3025, kwaroran/RisuAI#190: three members, each view."""
    texts = {
        id_: card(id_.capitalize(), description="{{char}} to {{user}} as {{name}}", nickname=nick)
        for id_, nick in (("ada", "Countess"), ("bo", ""), ("cy_h", ""))
    }
    members = Cast(
        replace(member(id_, each, human=id_ == "cy_h"),
                counterpart="Ada" if id_ == "bo" else None)
        for id_, each in texts.items()
    )  # fmt: skip
    seen = {
        each.id: FRAMES["transcript"].prompt(PATH, each, facts(members)).text.split("[About ")[1]
        for each in members
    }
    assert seen["ada"].startswith("Ada: Countess to Cy_h as Ada]")
    assert seen["bo"].startswith("Bo: Bo to Ada as Bo]")
    assert seen["cy_h"].startswith("Cy_h: Cy_h to Ada as Cy_h]")
    assert counterpart(members["ada"], Cast([members["ada"]])) is None


def test_what_was_said_is_never_expanded() -> None:
    path = [said("a", "ada", "{{char}} {{random:x,y}}"), said("b", "bo", "{{roll:6}}")]
    made = prompt(card("Ada", description="He said {{lastMessage}}"), path=path)
    assert "Ada: {{char}} {{random:x,y}}\nBo: {{roll:6}}\n" in made.text
    assert "He said {{roll:6}}]" in made.text


def test_draws_lore_and_variables_are_noted_where_they_were_made() -> None:
    ada = card("Ada", description="{{random:x,y}}{{setvar::mood::{{roll:20}}}}",
               character_book=book({"content": "{{getvar::mood}}", "name": "Mood",
                                    "position": "after_char"}))  # fmt: skip
    made = prompt(ada)
    notes = [each.piece.note for each in made.segments if each.piece is not None]
    assert [each["macro"] for each in notes[0]["macros"]] == [
        "{{random:x,y}}", "{{roll:20}}", "{{setvar::mood::{{roll:20}}}}",
    ]  # fmt: skip
    mood = made.variables["mood"]
    assert notes[1] == {
        "lore": "Mood", "key": "light", "book": "the book of Ada",
        "macros": [{"macro": "{{getvar::mood}}", "value": mood}],
    }  # fmt: skip
    assert f"[{mood}]" in made.text
    again = prompt(card("Ada", description="{{getvar::mood}}"), variables={"mood": "kept"})
    assert "[About Ada: kept]" in again.text


def test_draws_change_with_the_place_and_pick_does_not() -> None:
    ada = card("Ada", description="{{random:a,b,c,d,e,f}} {{pick:a,b,c,d,e,f}}")
    texts = [told(prompt(ada, node=str(node)))[0] for node in range(20)]
    assert len({each.split()[2] for each in texts}) > 2
    assert len({each.split()[3] for each in texts}) == 1
    assert prompt(ada, node="1") == prompt(ada, node="1")


def test_what_all_know_stands_in_the_shared_part() -> None:
    lore = read_book({"entries": [
        {"content": "The war is over.", "constant": True},
        {"content": "Only Bo knows.", "constant": True, "extensions": {"stage/speakers": ["Bo"]}},
    ]}, "play")  # fmt: skip
    made = prompt(card("Ada"), lore=lore)
    assert made.segments[0].text.rstrip().endswith("The war is over.")
    assert "Only Bo knows." not in made.text


def test_an_entry_may_open_the_answer() -> None:
    ada = card("Ada", character_book=book({"content": "@@depth 0\n@@role assistant\nWell,"}))
    assert prompt(ada).prefill == " Well,"
    assert prompt(ada, "self").prefill == "Well,"
    assert "Well," not in prompt(ada).text


def test_layers_are_told_bottom_up_and_only_to_their_member() -> None:
    lower, top = card("Y", description="I am Y."), card("X", description="I am X.")
    layers = [
        Layer("X", top, "Play it {{char}}-like."),
        Layer("Z", card("Z", description="I am Z.")),
    ]
    members = Cast([member("ada", lower).wearing(layers), *cast("bo")])
    made = FRAMES["transcript"].prompt(PATH, members["ada"], facts(members))
    assert told(made) == [
        "[About Ada: I am Y.]", "[Here Ada plays X.]", "[About X: I am X.]",
        "[Direction to X: Play it X-like.]", "[Here X plays Z.]", "[About Z: I am Z.]",
    ]  # fmt: skip
    assert made.text.endswith("Z:")
    other = FRAMES["transcript"].prompt(PATH, members["bo"], facts(members)).text
    assert not any(each in other for each in ("I am", "Here Ada", "Play it"))
    assert "Cast: Z, Bo" in other


def test_a_greeting_is_expanded_for_the_play() -> None:
    members = Cast([member("ada", card("Ada")), *cast("guest_h")])
    text, note = greeting("I am {{char}}, {{user}}. {{roll:6}}", members["ada"], members, "d", "7")
    assert text.startswith("I am Ada, Guest_h. ")
    assert note["macros"][0]["value"] == text[-1]
    assert greeting("{{roll:6}}", members["ada"], members, "d", "7")[0] in "123456"


def test_a_thought_names_its_layer() -> None:
    members = Cast([member("ada").wearing([Layer("X", card("X"))]), *cast("bo")])
    path = [said("t", "ada", "Hm.", Kind.THOUGHT, heard_by=("ada",), layer="X")]
    text = FRAMES["transcript"].prompt(path, members["ada"], facts(members)).text
    assert "X (thinks): Hm." in text


def noted(**note: Any) -> Persona:
    return card("Ada", extensions={"depth_prompt": {"prompt": "{{char}} limps.", **note}})


@pytest.mark.parametrize("name", FRAMES.names)
def test_the_note_of_a_card_stands_among_the_last_lines(name: str) -> None:
    made = prompt(noted(depth=1), name)
    (note,) = (each for each in made.segments if each.piece and "Ada limps." in each.text)
    whole = "\0".join(each.text for each in made.segments)
    assert whole.index("out.") < whole.index("Ada limps.") < whole.index("Is it?")
    assert note.piece is not None
    assert note.piece.rule == "", "what a card itself says is never dropped"
    assert note.piece.note["lore"] == "depth prompt of Ada"
    bo = FRAMES[name].prompt(PATH, cast("bo")["bo"], facts(Cast([member("ada", noted()),
                                                                *cast("bo")])))  # fmt: skip
    assert "limps" not in "".join(each.text for each in bo.segments)


def test_a_note_for_the_assistant_is_its_own_words() -> None:
    chat = prompt(noted(depth=1, role="assistant"), "self").messages()
    assert {"role": "assistant", "content": "The light is out.\nAda limps."} in chat
    assert "\nAda: Ada limps.\n" in prompt(noted(depth=1, role="assistant")).text
    assert prompt(noted(depth=0, role="assistant")).prefill == " Ada limps."
    assert "[Ada limps.]" in prompt(noted(depth=9, role="user"), "self").messages()[1]["content"]
