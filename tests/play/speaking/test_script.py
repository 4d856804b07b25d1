"""Script: in a written order."""

from __future__ import annotations

from tests.play.speaking.making import ask

ORDER = ["Ada", "Bo", "Ada", "Teller"]


def test_the_order_is_followed_to_its_end() -> None:
    spoken: list[str] = []
    while queue := ask("script", "ada bo teller", spoken, order=ORDER).queue:
        spoken += queue
    assert spoken == ["ada", "bo", "ada", "teller"]
    assert ask("script", "ada bo teller", spoken, order=ORDER, loop=True).queue == ("ada",)


def test_other_lines_do_not_move_it_and_the_absent_are_passed_over() -> None:
    assert ask("script", "ada bo cy teller", ["ada", "cy"], order=ORDER).queue == ("bo",)
    there = {"ada", "teller"}
    assert ask("script", "ada bo teller", ["ada"], order=ORDER, present=there).queue == ("ada",)
    assert ask("script", "ada", order=["Zed"]).queue == ()
