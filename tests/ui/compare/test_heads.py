from __future__ import annotations

from dataclasses import replace

from stage.play.line import Cut, Status
from stage.ui.compare.heads import Gutter
from stage.ui.compare.page import Page
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part


def test_a_head_names_models_frame_and_seed_unless_blind(page: Page, desk: Desk) -> None:
    heads = page.board.heads
    assert heads.facts(0) == "stage-chat · transcript · seed 41"
    assert heads.facts(1) == "stage-chat, stage-base · transcript · seed 41"
    desk.compared.set_blind(True)
    assert [heads.facts(at) for at in (0, 1)] == ["", ""]


def test_facts_that_have_no_room_in_one_row_stand_in_several(page: Page) -> None:
    heads = page.board.heads
    assert heads.rows(0, 2000) == [heads.facts(0)]
    narrow = heads.rows(1, 110)
    assert narrow[0] == "stage-chat,"
    assert len(narrow) == 3
    assert " ".join(narrow).startswith("stage-chat, stage-base")
    low = heads.sizeHint().height()
    for at in range(heads.count()):
        heads.resizeSection(at, 150)
    heads.fit()
    assert heads.sizeHint().height() > low


def test_a_head_tells_how_a_branch_was_judged_and_that_it_failed(
    page: Page, desk: Desk, part: Part
) -> None:
    heads = page.board.heads
    assert heads.judged(0) == ""
    labels = {"rating": 4, "tag:preferred": {}}
    part.play.tree.add(replace(part.play.tree["b1"], labels=labels))
    assert heads.judged(0) == "4 of 5 · preferred"
    assert not heads.failed(0)
    failed = replace(part.play.tree["b1"], status=Status.INTERRUPTED, reason=Cut.ERROR)
    part.play.tree.add(failed)
    assert heads.failed(0)
    page.grab()


def test_a_judgement_takes_room_from_the_first_row_only(page: Page, part: Part) -> None:
    heads, wide = page.board.heads, 150
    part.play.tree.add(replace(part.play.tree["b1"], labels={"rating": 4}))
    assert heads.rows(0, wide)[-1].endswith("seed 41")
    assert not [row for row in heads.rows(0, wide) if "\u2026" in row]


def test_the_gutter_says_how_much_is_shared(page: Page) -> None:
    gutter = page.board.verticalHeader()
    assert isinstance(gutter, Gutter)
    assert gutter.shared(1) == "25 % shared"
    assert gutter.shared(2) == ""


def test_a_branch_that_could_not_be_read_is_not_still_being_read(page: Page, desk: Desk) -> None:
    desk.compared.columns.clear()
    assert page.board.heads.facts(0) == "reading"
    desk.compared.trouble = "The disk is gone."
    assert page.board.heads.facts(0) == "unknown"


def test_of_rows_that_are_no_more_nothing_is_told(page: Page, desk: Desk) -> None:
    for model in (page.turns, page.numbers, page.takes.strips):
        assert model.data(model.createIndex(10_000, 0)) is None
    many = page.numbers.columnCount()
    stale = page.numbers.createIndex(1, many - 1)
    page.hide()
    desk.compared.remove(desk.compared.leaves[-1])  # the models are not looked at for that
    assert page.turns.data(page.turns.createIndex(1, many - 1)) is not None
    page.numbers.data(stale)
