"""The templated dialogues are well-formed and the same for the same seed."""

from __future__ import annotations

import dialogues


def test_same_seed_same_dialogues() -> None:
    assert dialogues.dialogues(50, seed=1) == dialogues.dialogues(50, seed=1)
    assert dialogues.dialogues(50, seed=1) != dialogues.dialogues(50, seed=2)


def test_roles_alternate_and_end_with_the_assistant() -> None:
    for messages in dialogues.dialogues(300, seed=3):
        roles = [message["role"] for message in messages]
        if roles[0] == "system":
            roles = roles[1:]
        assert roles == ["user", "assistant"] * (len(roles) // 2)
        assert roles


def test_contents_are_clean() -> None:
    for messages in dialogues.dialogues(300, seed=4):
        for message in messages:
            content = message["content"]
            assert content
            assert content == content.strip()
            assert "{" not in content
            assert "<|" not in content
            if message["role"] == "assistant":
                assert "\n" not in content
                assert len(content) < 200


def test_stage_dialogues_follow_the_self_frame() -> None:
    seen = 0
    for messages in dialogues.dialogues(300, seed=5):
        system = messages[0]["content"]
        if "\nCast: " not in system:
            continue
        seen += 1
        last = system.split("\n")[-1]
        name = last.removeprefix("You are ").split(".")[0]
        assert last == f"You are {name}. Speak only as {name}."
        for message in messages[1:]:
            if message["role"] == "user":
                nudge = f"[{name} speaks now. Write only {name}'s words.]"
                assert message["content"].split("\n")[-1] == nudge
    assert seen > 100
