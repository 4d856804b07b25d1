"""The untitled frame: the script is what a command prints."""

from __future__ import annotations

from tests.play.prompting.making import prompt


def test_the_transcript_is_the_opening_of_the_answer() -> None:
    made = prompt("untitled")
    assert made.messages() == [
        {"role": "system", "content": "Simulate a terminal. Print only what the command prints."},
        {"role": "user", "content": "<cmd>cat untitled.txt</cmd>"},
    ]
    opening = "".join(each.text for each in made.segments if each.role == "prefill")
    assert opening == prompt("transcript").text
