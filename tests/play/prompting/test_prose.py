"""The prose frame: nothing but the text, joined as it was said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stage.play.cutting import Cutter, line_text
from stage.play.line import Kind
from stage.play.prompting import FRAMES
from stage.play.prompting.frame import Prompt
from stage.play.prompting.prose import same_text
from tests.play.making import facts, said
from tests.play.prompting.making import members, prompt


def take(id_: str, text: str):
    return replace(said(id_, "ada", text), model="base")


def text(made: Prompt) -> str:
    return "".join(each.text for each in made.segments if each.part == "history")


def test_it_is_the_text_after_what_the_scene_tells() -> None:
    made = prompt("prose")
    assert (made.form, text(made)) == ("text", "Rain. One.\nTwo. Three. Four?")
    above = "A room at the top.\n\n[About Ada: You are secretly ada.]\n\n"
    assert made.text == above + text(made)
    assert made.cut.others == made.cut.own == ()


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([said("g", "guest_h", "Once upon"), take("a", " a time, and"), take("b", " the fore"),
          take("c", "sight\n\nThen")], "Once upon a time, and the foresight\n\nThen"),
        ([take("a", "It ended."), take("b", "She went.")], "It ended. She went."),
        ([take("a", "It"), said("g", "guest_h", "was"), take("b", "n't.")], "It wasn't."),
        ([take("a", "It wa"), said("b", "ada", "s not"), said("c", "ada", " he")],
         "It was not he"),
        ([take("a", "It"), said("d", "guest_h", "Louder.", Kind.DIRECTION), take("b", "was")],
         "It\n[Direction: Louder.]\nwas"),
        ([], ""),
    ],
)  # fmt: skip
def test_what_was_said_goes_on_as_it_was_said(lines, wanted: str) -> None:
    cast_ = members()
    assert text(FRAMES["prose"].prompt(lines, cast_["ada"], facts(cast_))) == wanted


def test_nothing_that_is_said_ends_it_or_is_taken_off() -> None:
    raw = " the lamp.\n\nBo: no\n  [x]  "
    rule = prompt("prose").cut
    assert Cutter(rule).feed(raw).cut_at is None
    assert line_text(raw, None, rule) == raw
    assert line_text(raw, 4, rule) == raw[:4]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([take("a", "It was cold.")], [take("x", "It was"), take("y", " cold.")], True),
        ([take("a", "It was cold.")], [take("x", "It was"), take("y", " old.")], False),
        ([take("a", "It")], [take("a", "It"), take("b", " was")], False),
        ([take("a", "It"), said("o", "ada", "Oh.", Kind.OOC), take("b", "was")],
         [take("a", "It"), said("o", "ada", "Oh.", Kind.OOC), take("x", "w"), take("y", "as")],
         True),
        ([said("g", "guest_h", "It was")], [said("x", "guest_h", "It"), take("y", " was")], True),
        ([], [], True),
    ],
)  # fmt: skip
def test_a_text_is_the_same_however_it_is_cut(one, other, same: bool) -> None:
    assert same_text(one, other, members()["ada"]) is same
