from __future__ import annotations

from typing import Any

from stage.ui.composer.shares import Share, Shares


def test_names_and_shares_are_painted_and_read_aloud(shown: Any) -> None:
    row = shown(Shares("Expected next"), 400, 20)
    empty = row.grab().toImage()
    row.show_shares([Share("Ada", 0.5, strong=True), Share("Ben", 0.004), Share("Cy", 0.0)])
    assert row.accessibleName() == "Expected next: Ada 50 %, Ben <1 %, Cy 0 %"
    assert row.grab().toImage() != empty
    names = [Share("A name that takes room", 0.1) for _ in range(20)]
    row.show_shares(names)
    assert len(row.shares) == 20  # told whole, painted as far as there is room
    row.show_shares(())
    assert row.grab().toImage() == empty


def test_a_name_is_no_markup_in_the_tooltip(shown: Any) -> None:
    row = shown(Shares("Expected next"), 400, 20)
    row.show_shares([Share("<img src='file:///etc/hostname'>", 0.5)])
    assert "<img" not in row.toolTip()
    assert "&lt;img" in row.toolTip()
    row.show_shares(())
    assert row.toolTip() == ""
