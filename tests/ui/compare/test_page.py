from __future__ import annotations

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
    from dataclasses import replace

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
