"""Copying a page takes what stands over its passages, too."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor

from stage.ui.widgets.page import Page, Passage

LONG = "It went on and on. " * 20_000
SHORT = Passage("a", "Ada", "base", "Well.")


@pytest.fixture
def page(shown: Any, loop: Any) -> Page:
    made: Page = shown(Page(), 700, 400)
    made.set_style(read=False)
    made.show_passages("The light", "A room.\nNight.", [SHORT, replace(SHORT, id="b", text=LONG)])
    loop.until(lambda: not made._slices.busy)
    return made


def test_all_of_it_with_a_long_passage_has_title_and_setting(page: Page, loop: Any) -> None:
    page.selectAll()
    for _ in range(2):
        copied = page.selection()
        assert copied.startswith("The light\nA room.\nNight.\nAda\u2003base\nWell.\nAda")
        assert copied.endswith(LONG)
        page.verticalScrollBar().setValue(page.verticalScrollBar().maximum() // 2)
        loop.settle()  # other rows were written, and the selection is the same


def test_a_part_of_what_stands_above_is_that_part(page: Page) -> None:
    cursor = QTextCursor(page.document())
    cursor.setPosition(4)
    cursor.setPosition(12, QTextCursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)
    assert page.selection() == "light\nA "
