from __future__ import annotations

from typing import Any

from stage.ui.widgets.shares import MOST, Share, Shares


def test_names_and_shares_are_painted_and_read_aloud(shown: Any) -> None:
    rows = shown(Shares("Expected next"), 300, 200)
    empty = rows.grab().toImage()
    rows.show_shares([Share("Ada", 0.5, 0, strong=True), Share("Ben", 0.004, 1), Share("Cy", 0.0)])
    assert rows.accessibleName() == "Expected next: Ada 50 %, Ben <1 %, Cy 0 %"
    assert rows.grab().toImage() != empty
    three = rows.sizeHint().height()
    rows.show_shares([Share("A name that takes room", 0.1) for _ in range(20)])
    assert len(rows.shares) == 20  # told whole, painted as far as there is room
    assert rows.sizeHint().height() * 3 == three * MOST
    rows.show_shares(())
    assert rows.grab().toImage() == empty


def test_what_is_unknown_has_a_row_without_a_figure(shown: Any) -> None:
    rows = shown(Shares("Expected next"), 300, 200)
    rows.show_shares([Share("Ada", None, 0), Share("someone new", None, most=True)])
    assert rows.accessibleName() == "Expected next"
    unknown, high = rows.grab().toImage(), rows.sizeHint()
    rows.show_shares([Share("Ada", 0.0, 0), Share("someone new", 0.25, most=True)])
    assert rows.accessibleName() == "Expected next: Ada 0 %, someone new \u226425 %"
    assert rows.grab().toImage() != unknown
    assert rows.sizeHint() == high, "nothing moves when it is known"


def test_a_name_is_no_markup_in_the_tooltip(shown: Any) -> None:
    row = shown(Shares("Expected next"), 400, 20)
    row.show_shares([Share("<img src='file:///etc/hostname'>", 0.5)])
    assert "<img" not in row.toolTip()
    assert "&lt;img" in row.toolTip()
    row.show_shares(())
    assert row.toolTip() == ""
