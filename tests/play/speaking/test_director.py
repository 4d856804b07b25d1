"""The director: whoever is called speaks, else a model is asked by letters."""

from __future__ import annotations

from stage.play.chances import Chance, Chances
from stage.play.speaking import RULES
from stage.play.speaking.director import question
from tests.play.making import cast, said
from tests.play.speaking.making import ask

TOLD = Chances((Chance("bo", 0.7, -0.4), Chance("ada", 0.3, -1.2)))
RULE = RULES["director"]


def test_who_is_called_speaks_without_a_question() -> None:
    members = cast("ada", "bo", "cy")
    view = [said("1", "ada", "@Cy, and you @Bo?")]
    assert RULE.wants(view, members, {}) == ""
    assert ask("director", members, ["ada: @Cy, and you @Bo?"]).queue == ("cy", "bo")
    assert RULE.wants([said("1", "ada", "Cy and Bo?")], members, {}) == "letters"
    assert RULE.wants([said("1", "ada", "@Ada")], members, {}) == "letters"
    assert RULE.wants(view, members, {"present": set()}) == ""


def test_the_likeliest_letter_is_followed() -> None:
    assert ask("director", "ada bo").reason == "no model was asked yet"
    decision = ask("director", "ada bo", chances=TOLD)
    assert (decision.queue, decision.draws) == (("bo",), ())
    drawn = {ask("director", "ada bo", key=k, chances=TOLD, mode="sample").queue for k in range(40)}
    assert drawn == {("ada",), ("bo",)}


def test_the_question_has_a_letter_for_everybody_and_the_last_lines() -> None:
    members = cast("ada", "bo", "cy")
    view = [said(str(n), "ada", f"line {n} " + "x" * 2000) for n in range(20)]
    text = question(view, members, ["cy", "ada"])
    assert "A) Cy (0% of the lines so far" in text
    assert "B) Ada (100% of the lines so far" in text
    assert "line 3 " not in text
    assert "line 4 " in text
    assert max(len(row) for row in text.split("\n")) < 920
    assert "You are secretly" not in text  # cards are private
