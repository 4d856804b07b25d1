"""The self frame: the persona is the assistant."""

from __future__ import annotations

from stage.play.cutting import CutRule
from stage.play.line import Kind
from stage.play.prompting import FRAMES
from tests.play.making import cast, facts, said


def test_own_speech_is_the_assistant_s_and_all_else_the_user_s() -> None:
    members = cast("ada", "bo")
    path = [
        said("a", "ada", "One."),
        said("b", "bo", "Two."),
        said("c", "bo", "Three."),
        said("d", "ada", "Hm.", Kind.THOUGHT, heard_by=("ada",)),
    ]
    prompt = FRAMES["self"].prompt(path, members["ada"], facts(members))
    assert prompt.form == "chat"
    system, *messages = prompt.messages()
    assert system["role"] == "system"
    assert system["content"].endswith("You are Ada. Speak only as Ada.")
    assert "About Ada: You are secretly ada." in system["content"]
    assert messages == [
        {"role": "assistant", "content": "One."},
        {
            "role": "user",
            "content": "Bo: Two.\nBo: Three.\nAda (thinks): Hm.\n"
            "[Ada speaks now. Write only Ada's words.]",
        },
    ]
    assert prompt.cut == CutRule(("Ada",), ("Bo",), False, fresh=True)


def test_it_always_ends_with_the_user_so_that_a_persona_may_speak_twice() -> None:
    members = cast("ada", "bo")
    prompt = FRAMES["self"].prompt([said("a", "ada", "One.")], members["ada"], facts(members))
    assert [each["role"] for each in prompt.messages()] == ["system", "assistant", "user"]


def test_a_member_without_private_words_is_only_told_who_it_is() -> None:
    members = cast("teller", "ada")
    prompt = FRAMES["self"].prompt([], members["teller"], facts(members))
    assert "About Teller" not in prompt.messages()[0]["content"]
