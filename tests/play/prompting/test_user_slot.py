"""The user_slot frame: another member is the assistant."""

from __future__ import annotations

from stage.play.prompting import FRAMES
from tests.play.making import cast, facts, said
from tests.play.prompting.making import prompt


def test_another_member_has_the_assistant_s_seat() -> None:
    made = prompt("user_slot", "guest_h")
    system, *turns = made.messages()
    assert system["content"].endswith("About Guest_h: You are secretly guest_h.")
    assert turns == [
        {"role": "user", "content": "[Rain.]"},
        {"role": "assistant", "content": "One.\nTwo."},
        {"role": "user", "content": "Guest_h: Four?"},
    ]
    assert (made.segments[-1].text, made.segments[-1].role) == ("Guest_h:", "slot")


def test_the_seat_is_kept_and_goes_to_a_model_where_there_is_one() -> None:
    members = cast("guest_h", "ada")
    path = [said("a", "ada", "One."), said("g", "guest_h", "Two.")]
    one, other = (FRAMES["user_slot"].prompt(path, viewer, facts(members)) for viewer in members)
    assert [each.role for each in one.segments if each.line] == ["assistant", "user"]
    assert [each.role for each in other.segments if each.line] == ["user", "assistant"]
    alone = cast("ada")
    made = FRAMES["user_slot"].prompt(path[:1], alone["ada"], facts(alone))
    assert [each.role for each in made.segments if each.line] == ["user"]
