from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stage.director.events import Changed, Changes
from stage.ui.composer.composer import Composer
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part


def test_who_is_next_stands_out_and_can_be_chosen(desk: Desk, part: Part, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 160)
    chips = composer.next.chips
    assert [chip.text() for chip in chips.values()] == ["Ada", "Ben", "Guest"]
    assert chips["guest"].isChecked()
    assert "round robin" in composer.reason.text()
    assert composer.fan.isEnabled(), "people are passed over, as by the key"
    assert "Ada speaks, the next one whom a model plays." in composer.fan.toolTip()
    chips["ada"].click()
    assert desk.session.picked == "ada"
    assert chips["ada"].isChecked()
    assert not chips["guest"].isChecked()
    assert composer.chosen_chip() is chips["ada"]
    composer.takes.set_value(6)
    composer.fan.click()
    assert part.turns()[0].takes == 6
    assert not composer.speak.isEnabled()
    assert composer.speak.toolTip() == "A line is still being said."
    assert composer.stop.isEnabled()


def test_typed_words_are_said_and_only_then_go(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    composer = shown(Composer(desk), 900, 160)
    composer.words.setPlainText("Good evening.")
    assert desk.session.saved.of_play("p")["draft"] == "Good evening."
    composer.speak.click()
    assert composer.words.toPlainText() == "Good evening."
    loop.until(lambda: not composer.words.toPlainText())
    assert ("say", "b1", "guest", "Good evening.") in part.asked
    assert desk.session.saved.of_play("p")["draft"] == ""


def test_one_types_as_anybody(desk: Desk, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 160)
    composer.meant.who.activated.emit(composer.meant.who.findData("ben"))
    assert desk.session.typing_as == "ben"
    assert "Ben" in composer.words.placeholderText()


def test_a_scene_of_one_model_says_why_both_is_off(desk: Desk, part: Part, shown: Any) -> None:
    one = replace(part.play, scene=replace(part.play.scene, models={"base": "stage-base"}))
    composer = shown(Composer(desk), 900, 160)
    desk.session.show(one)
    assert not composer.both.isEnabled()
    assert composer.both.toolTip() == "This scene has one model."


def test_shortcuts_stand_beside_their_buttons_where_there_is_room(desk: Desk, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 160)
    assert all(hint.isVisible() for hint in composer._hints.labels.values())
    composer.resize(520, 160)
    assert not any(hint.isVisible() for hint in composer._hints.labels.values())


def test_the_cast_follows_the_line_one_stands_on(desk: Desk, part: Part, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 200)
    play = part.play
    change = {"cast:ada": {"actor": {"kind": "human"}, "label": "Adele"}}
    play.tree.add(replace(play.tree["a"], labels=change))
    part.told.fire(Changed(Changes.TREE, "p", ("a",)))
    assert [chip.text() for chip in composer.next.chips.values()] == ["Adele", "Ben", "Guest"]
    assert desk.session.member("ada").human  # type: ignore[union-attr]
    assert "Ben speaks, the next one whom a model plays." in composer.fan.toolTip()


def test_with_several_lanes_a_fan_out_says_where_it_happens(desk: Desk, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 200)
    desk.session.move(0, "b2")  # whoever is next is played by a model
    desk.session.pick("ada")
    assert composer.fan.toolTip() == ""
    desk.session.set_lanes(2)
    assert "In every lane" in composer.fan.toolTip()


def test_the_switch_for_answers_is_the_plays(desk: Desk, part: Part, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 200)
    assert not composer.answers.isChecked()
    composer.answers.click()
    assert desk.answering.on
    desk.answering.switch(False)
    assert not composer.answers.isChecked()


def test_what_is_typed_before_another_play_is_shown_is_no_draft_of_that(
    desk: Desk, part: Part, shown: Any, loop: Any, request: pytest.FixtureRequest
) -> None:
    composer = shown(Composer(desk), 900, 200)
    composer.words.setPlainText("of the first")
    request.getfixturevalue("in_turns")
    other = replace(part.play, id="q")
    desk.session.agenda.add(lambda: None)  # the turn is used up
    desk.session.show(other)
    composer.words.setPlainText("typed meanwhile")
    assert "draft" not in desk.session.saved.of_play("q")
    loop.until(lambda: not composer.words.toPlainText())
    assert desk.session.saved.of_play("p")["draft"] == "of the first"
    composer.words.setPlainText("of the second")
    assert desk.session.saved.of_play("q")["draft"] == "of the second"


def test_whom_one_types_as_in_another_play_is_not_told_by_the_cast_before(
    desk: Desk, part: Part, shown: Any, loop: Any, request: pytest.FixtureRequest
) -> None:
    composer = shown(Composer(desk), 900, 200)
    other = replace(part.play, id="q")
    change = {"cast:ada": {"actor": {"kind": "human"}}}
    part.play.tree.add(replace(part.play.tree["a"], labels=change))  # where the other one stands
    request.getfixturevalue("in_turns")
    desk.session.agenda.add(lambda: None)  # the turn is used up
    desk.session.show(other)
    desk.session.typing_as = "ben"
    composer._moved(0)
    assert desk.session.typing_as == "ben"
    loop.until(lambda: composer._drafted is other)
