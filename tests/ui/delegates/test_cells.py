"""Cells of the table of plays, painted in both schemes."""

from __future__ import annotations

from typing import Any

import pytest

from stage.director.records import PlayRow
from stage.ui.dress import theme
from stage.ui.library.catalogue import CataloguePage


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_row_on_stage_is_marked_and_said(qapp: Any, shown: Any, scheme: str) -> None:
    theme.apply(qapp, scheme)
    page = shown(CataloguePage(), 900, 400)
    page.show_plays([PlayRow("a", "One", 0, 2.0, 1, None), PlayRow("b", "Two", 0, 1.0, 1, None)])
    page.table.selectionModel().clear()
    plain = page.table.viewport().grab().toImage()
    page.mark("b")
    marked = page.table.viewport().grab().toImage()
    row = page.table.rowViewportPosition(1) + 10
    accent = theme.tokens(page).accent.lower()
    assert plain.pixelColor(1, row).name() != accent
    assert marked.pixelColor(1, row).name() == accent
    assert marked != plain


def test_the_row_with_the_keyboard_is_framed(shown: Any, loop: Any) -> None:
    page = shown(CataloguePage(), 900, 400)
    page.show_plays([PlayRow("a", "One", 0, 2.0, 1, None), PlayRow("b", "Two", 0, 1.0, 1, None)])
    page.table.setCurrentIndex(page.table.model().index(1, 0))
    page.table.clearFocus()
    plain = page.table.viewport().grab().toImage()
    page.table.setFocus()
    framed = page.table.viewport().grab().toImage()
    mark, top = theme.tokens(page).mark.lower(), page.table.rowViewportPosition(1)
    middle = page.table.viewport().width() // 2
    assert framed.pixelColor(middle, top).name() == mark
    assert plain.pixelColor(middle, top).name() != mark
    other = page.table.rowViewportPosition(0)
    assert framed.pixelColor(middle, other).name() != mark
