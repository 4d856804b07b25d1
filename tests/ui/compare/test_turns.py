from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from stage.play.line import Cut, Status
from stage.ui.compare.turns import BREAK, MORE, SHOWN, WORDS, Turns, further
from stage.ui.desk.desk import Desk
from stage.ui.lanes.ink import Tint
from stage.ui.lens.tinting import Shade
from tests.ui.compare.making import compare, with_records
from tests.ui.helpers import Part


@pytest.fixture
def turns(desk: Desk, loop: Any, part: Part) -> Turns:
    with_records(part)
    made = Turns(desk, desk.session)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    compare(desk, loop, "b1", "c")
    made.refresh()
    return made


def said(turns: Turns, row: int, column: int) -> Any:
    return turns.index(row, column).data(WORDS)


def test_what_is_common_is_one_row_until_it_is_opened(turns: Turns, desk: Desk) -> None:
    assert [row.what for row in turns.rows] == ["fold", "turn", "turn"]
    assert said(turns, 0, 0).note.endswith("1 line in common")
    desk.compared.unfold()
    assert turns.refresh()
    assert [row.what for row in turns.rows] == ["fold", "common", "turn", "turn"]
    assert said(turns, 1, 0).text == "First words."


def test_a_cell_says_who_and_what_and_by_which_model(turns: Turns, desk: Desk) -> None:
    assert (said(turns, 1, 0).name, said(turns, 1, 0).text) == ("Ben", "One.")
    assert "stage-chat" in said(turns, 1, 0).note
    assert said(turns, 1, 0).brief == "chat"
    assert said(turns, 2, 0).note == "no line here"
    assert turns.index(1, 0).data(Qt.ItemDataRole.DisplayRole) == "Ben: stage-chat: One."
    desk.compared.set_blind(True)
    turns.refresh()
    notes = [said(turns, row, column).note for row in (1, 2) for column in (0, 1)]
    assert not [note for note in notes if "stage" in note]


def test_words_that_differ_are_marked_and_can_be_left_alone(turns: Turns) -> None:
    assert [(mark.start, mark.end) for mark in said(turns, 1, 0).marks] == [(0, 3)]
    assert turns.alike(1) == pytest.approx(1 / 4)
    assert turns.alike(2) is None
    turns.set_tinting("nothing")
    assert said(turns, 1, 0).marks == ()


def test_headers_are_read_aloud(turns: Turns) -> None:
    assert turns.headerData(1, Qt.Orientation.Horizontal) == "Branch B"
    found = [turns.headerData(at, Qt.Orientation.Vertical) for at in range(3)]
    assert found == ["In common", "Turn 1", "Turn 2"]


def test_the_same_words_name_the_branch_that_said_them_first(
    turns: Turns, desk: Desk, part: Part
) -> None:
    part.play.tree.add(replace(part.play.tree["b2"], text="One."))
    desk.compared.show(["b1", "c"])
    turns.refresh()
    assert said(turns, 1, 1).note.startswith("same as A")
    assert turns.alike(1) == 1.0


def test_a_line_without_words_is_not_like_one_with_words(
    turns: Turns, desk: Desk, part: Part
) -> None:
    part.play.tree.add(replace(part.play.tree["b1"], text=""))
    desk.compared.show(["b1", "b2", "b3"])
    turns.refresh()
    assert turns.alike(1) == pytest.approx((0 + 1 / 4 + 1 / 6) / 3)


def test_a_long_line_is_shown_in_part_until_it_is_opened(
    turns: Turns, desk: Desk, part: Part
) -> None:
    part.play.tree.add(replace(part.play.tree["b1"], text="word " * 5000))
    desk.compared.show(["b1", "c"])
    turns.refresh()
    assert len(said(turns, 1, 0).text) == SHOWN
    assert "21,000 more characters" in said(turns, 1, 0).more
    assert turns.open_further(1, 0)
    assert turns.open_further(1, 0)
    assert said(turns, 1, 0).text == "word " * 5000
    assert not turns.open_further(1, 0)


def test_what_grows_and_what_failed_is_seen(turns: Turns, desk: Desk, part: Part) -> None:
    grown = replace(part.play.tree["b1"], text="One and", status=Status.RUNNING)
    assert turns.grown(grown) == 1
    assert said(turns, 1, 0).running
    assert said(turns, 1, 0).text == "One and"
    assert turns.grown(replace(grown, id="elsewhere")) == -1
    failed = replace(grown, status=Status.INTERRUPTED, reason=Cut.ERROR)
    turns.grown(failed)
    assert said(turns, 1, 0).warn
    assert said(turns, 1, 0).note.startswith("interrupted by an error")


def test_the_same_shape_is_shown_without_beginning_anew(turns: Turns, part: Part) -> None:
    assert not turns.refresh()


def test_surprise_comes_from_what_is_stored(
    turns: Turns, desk: Desk, part: Part, loop: Any
) -> None:
    turns.set_tinting("surprise")
    assert said(turns, 1, 0).marks == ()
    loop.until(lambda: desk.details.known("b1") is not None)
    marks = said(turns, 1, 0).marks
    assert marks
    assert not marks[0].own


def test_blind_surprise_is_not_shown(turns: Turns, desk: Desk, loop: Any) -> None:
    turns.set_tinting("surprise")
    assert said(turns, 1, 0).marks is not None
    loop.until(lambda: bool(said(turns, 1, 0).marks))
    desk.compared.set_blind(True)
    turns.refresh()
    marks = [mark for column in (0, 1) for mark in said(turns, 1, column).marks]
    assert turns.tinted == "words"
    assert marks
    assert all(mark.own for mark in marks)


def test_a_difference_is_scored_for_what_is_seen_and_has_two_sides(
    turns: Turns, desk: Desk, part: Part, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[tuple[tuple[str, ...], str | None]] = []
    monkeypatch.setattr(
        desk.looks, "watch", lambda who, lines, by=None: watched.append((tuple(lines), by))
    )
    shade = Shade([Tint(0, 2, 0.8, 0, -1), Tint(2, 3, 0.4, 1, 1)], ())
    monkeypatch.setattr(desk.looks, "shade", lambda line, by: shade)
    turns.set_tinting("difference")
    marks = said(turns, 1, 0).marks
    assert [(mark.hue, mark.own) for mark in marks] == [(-1, False), (1, False)]
    assert watched[-1] == (("b1",), "difference")
    said(turns, 1, 0)
    assert len([each for each in watched if each[0]]) == 1  # once for each line
    desk.compared.set_blind(True)
    assert all(mark.own for mark in said(turns, 1, 0).marks), "words, by nobody's model"
    turns.set_tinting("words")
    assert watched[-1] == ((), None)


@pytest.mark.parametrize("text", ["\n" * 50_000, "| a | b |\n" * 20_000, "x" * 50_000])
def test_rows_count_where_a_line_is_shown_in_part_and_all_of_it_comes(text: str) -> None:
    shown = [further(text, 0, SHOWN)]
    assert text[: shown[0]].count("\n") <= SHOWN / BREAK
    assert shown[0] <= SHOWN + 1
    while shown[-1] < len(text):
        shown.append(further(text, shown[-1], MORE))
        assert text[shown[-2] : shown[-1]].count("\n") <= MORE / BREAK
        assert shown[-2] < shown[-1] <= shown[-2] + MORE + 1
    assert further("short\ntext", 0, SHOWN) >= len("short\ntext")


def test_a_rated_line_says_so_where_its_branch_goes_on(
    turns: Turns, desk: Desk, loop: Any, part: Part
) -> None:
    tree = part.play.tree
    for id_ in ("b2", "c"):  # c stands under b2
        tree.add(replace(tree[id_], labels={"rating": 4}))
    compare(desk, loop, "b3", "c")
    turns.refresh()
    notes = [said(turns, at, 1).note for at, row in enumerate(turns.rows) if row.what == "turn"]
    assert ["rated 4 of 5" in note for note in notes] == [True, False]  # the last is in the head
