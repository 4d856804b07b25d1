"""The screenplay frame: capitals on rows of their own."""

from __future__ import annotations

from stage.play.cutting import Cutter, line_text
from stage.play.line import Cut, Kind
from stage.play.prompting import FRAMES
from tests.play.making import cast, facts, said
from tests.play.prompting.making import prompt


def test_it_reads_as_a_screenplay() -> None:
    made = prompt("screenplay")
    assert made.form == "text"
    assert made.text == (
        "THE LIGHTHOUSE\n\nCast: Ada, Bo, Guest_h\nSetting: A room at the top.\n\n"
        "Rain.\n\nADA\nOne.\n  Two.\n\nBO (TO ADA)\nThree.\n\nGUEST_H\nFour?\n\n"
        "(About Ada: You are secretly ada.)\n\nADA\n"
    )


def test_a_direction_stands_in_brackets_and_narration_forges_no_label() -> None:
    members = cast("ada", "bo")
    path = [
        said("d", "bo", "She turns.", Kind.DIRECTION),
        said("n", "bo", "ADA\nhello", Kind.NARRATION),
    ]
    text = FRAMES["screenplay"].prompt(path, members["bo"], facts(members)).text
    assert "(She turns.)\n\n  ADA\n  hello\n\n" in text


def test_a_row_that_is_only_a_label_ends_the_line() -> None:
    rule = prompt("screenplay").cut
    raw = "I saw BO there.\nBO was late.\nBO\nNo."
    verdict = Cutter(rule).feed(raw)
    assert verdict.reason is Cut.LABEL
    assert line_text(raw, verdict.cut_at, rule) == "I saw BO there.\nBO was late."
    assert Cutter(rule).feed("Yes.\n\nMore").reason is Cut.BLOCK_END
    assert Cutter(rule).feed("Yes.\nBo: no").reason is Cut.LABEL
    assert Cutter(rule).feed("Yes.\nBo").reason is None
    assert line_text("ADA\nYes.\nADA\nAgain.", None, rule) == "Yes.\n\nAgain."
