"""The script_user frame: the script is one turn of the user."""

from __future__ import annotations

from tests.play.prompting.making import prompt


def test_the_whole_script_is_one_turn_and_the_answer_is_opened() -> None:
    made = prompt("script_user")
    system, user = made.messages()
    assert system["content"].endswith("Continue the script with one line.")
    assert user == {
        "role": "user",
        "content": "[Rain.]\nAda: One.\n  Two.\nBo (to Ada): Three.\nGuest_h: Four?\n"
        "[About Ada: You are secretly ada.]\n[Ada speaks now. Write only Ada's words.]",
    }
    assert (made.segments[-1].text, made.segments[-1].role) == ("Ada:", "prefill")
