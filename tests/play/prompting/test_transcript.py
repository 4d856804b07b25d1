"""The transcript frame: a script that ends with a name."""

from __future__ import annotations

from stage.play.cutting import CutRule
from stage.play.prompting import FRAMES
from tests.play.making import cast, facts, said


def test_it_reads_as_a_script() -> None:
    members = cast("ada", "bo")
    path = [said("a", "ada", "One\ntwo."), said("b", "bo", "Three.")]
    prompt = FRAMES["transcript"].prompt(path, members["ada"], facts(members))
    assert prompt.form == "text"
    assert prompt.text == (
        "The lighthouse\nCast: Ada, Bo\nSetting: A room at the top.\n\n"
        "Ada: One\n  two.\nBo: Three.\n[About Ada: You are secretly ada.]\nAda:"
    )
    assert prompt.cut == CutRule(("Ada",), ("Bo",), True, roles=True)
    assert prompt.date == "2026-11-20"
    assert prompt.prefill == ""


def test_a_member_without_private_words_gets_no_note() -> None:
    members = cast("teller", "ada")
    prompt = FRAMES["transcript"].prompt([], members["teller"], facts(members))
    assert prompt.text.endswith("top.\n\nTeller:")
