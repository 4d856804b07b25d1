"""How long takes may get is seen and chosen where they are asked for."""

from __future__ import annotations

from typing import Any

from stage.play.cast import Actor, ActorKind, Member
from stage.play.persona import persona
from stage.play.sampling import Sampler
from stage.ui.composer.composer import Composer
from stage.ui.composer.length import Length
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part


def test_the_composer_shows_the_length_of_who_is_next_and_changes_it_from_here_on(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    composer = shown(Composer(desk), 900, 160)
    length = composer.length
    assert length.currentText() == "20 tokens", "as Ada's actor has it"
    assert "Ada" in length.toolTip()
    assert length in composer.stops()
    at = length.findData(64)
    length.setCurrentIndex(at)
    length.activated.emit(at)
    wanted = ("do", "recast", {"member": "Ada", "length": 64, "line": "b1"})
    loop.until(lambda: wanted in part.asked)


def test_lengths_that_differ_are_a_range_until_one_is_chosen_for_all(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    def member(name: str, sampler: Sampler | None) -> Member:
        return Member(name, name, persona(name), Actor(ActorKind.MODEL, "base", sampler))

    length = shown(Length(desk.steps))
    assert not length.isEnabled(), "nobody is asked"
    length.show_of([member("a", None), member("b", Sampler(max_tokens=64))], "c")
    assert length.currentText() == "64 to 120 tokens"
    at = length.findData(64)
    length.setCurrentIndex(at)
    length.activated.emit(at)
    loop.until(lambda: any(each[0] == "do" for each in part.asked))
    (done,) = [each for each in part.asked if each[0] == "do"]
    assert done[1:] == ("recast", {"member": "a", "length": 64, "line": "c"})
    at = length.findData(32)
    length.setCurrentIndex(at)
    length.activated.emit(at)
    loop.settle()
    assert [each[1:] for each in part.asked if each[0] == "do"][1:] == [
        ("recast", {"member": "a, b", "length": 32, "line": "c"})
    ], "one choice is one step to undo"
