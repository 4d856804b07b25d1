from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.director.events import LineGrew
from stage.play.line import Status
from stage.ui.compare.page import Page
from stage.ui.desk.desk import Desk
from tests.ui.compare.making import Records, compare
from tests.ui.helpers import Part


def test_nothing_is_done_while_nobody_looks(
    page: Page, desk: Desk, loop: Any, records: Records
) -> None:
    page.hide()
    asked = len(records.asked)
    compare(desk, loop, "b2", "b3")
    desk.compared.unfold()
    assert page.turns.columns == 2
    assert page.turns.line(1, 0).id == "b1"  # type: ignore[union-attr]
    assert len(records.asked) == asked
    page.show()
    loop.until(lambda: len(records.asked) > asked)
    assert page.turns.line(2, 0).id == "b2"  # type: ignore[union-attr]


def test_a_line_that_grows_is_seen_growing(page: Page, loop: Any, part: Part) -> None:
    running = replace(part.play.tree["b1"], status=Status.RUNNING, text="One and more")
    part.play.tree.add(running)
    part.told.fire(LineGrew(running, (), 0.1))
    loop.until(lambda: page.turns.line(1, 0) == running)


def test_every_part_has_a_name_to_be_read_aloud(page: Page) -> None:
    named = (page, page.board, page.table, page.top.add, page.below.prefer, *page.below.stars)
    assert all(each.accessibleName() for each in named)


def test_a_long_comparison_has_room_in_a_small_window(page: Page) -> None:
    hint = page.minimumSizeHint()
    assert hint.width() <= 880
    assert hint.height() <= 480


def test_whoever_asks_for_branches_sees_them_wherever_the_page_was_left(
    page: Page, desk: Desk, loop: Any
) -> None:
    page.top.takes.click()
    assert page.grouped
    compare(desk, loop, "b2", "b3")
    assert not page.grouped
    assert page.top.branches.isChecked()


def test_a_page_that_comes_in_another_size_looks_at_no_turns_of_before(
    page: Page, desk: Desk, part: Part, loop: Any
) -> None:
    rated = replace(part.play.tree["b1"], labels={"rating": 4})
    part.play.tree.add(rated)
    compare(desk, loop, "b1", "b2")
    page.hide()
    desk.compared.show([])
    page.resize(page.width() - 40, page.height() - 30)
    page.show()  # Qt tells of the size first
    assert page.turns.columns == 0
    page.hide()
    compare(desk, loop, "b1", "b2")
    page.resize(page.width() + 40, page.height() + 90)
    page.show()
    loop.settle()
    assert page.turns.columns == 2
    assert page.board.horizontalHeader().length() <= page.board.viewport().width()
    assert page._split.height() - sum(page._split.sizes()) <= page._split.handleWidth()
