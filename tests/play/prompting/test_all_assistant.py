"""The all_assistant frame: models' parts are the assistant's, people's the user's."""

from __future__ import annotations

from tests.play.prompting.making import prompt


def test_roles_follow_the_actor_and_are_the_same_for_every_viewer() -> None:
    made = prompt("all_assistant")
    assert made.form == "chat"
    assert made.messages() == [
        {
            "role": "system",
            "content": "The lighthouse\nCast: Ada, Bo, Guest_h\nSetting: A room at the top.\n"
            "Each line starts with its speaker.",
        },
        {"role": "assistant", "content": "[Rain.]\nAda: One.\n  Two.\nBo (to Ada): Three."},
        {
            "role": "user",
            "content": "Guest_h: Four?\n[About Ada: You are secretly ada.]\n"
            "[Ada speaks now. Write only Ada's words.]",
        },
    ]
    assert (made.segments[-1].text, made.segments[-1].role) == ("Ada:", "prefill")
    other = prompt("all_assistant", "bo")
    past = [[each for each in one.segments if each.part == "history"] for one in (made, other)]
    assert past[0] == past[1]
