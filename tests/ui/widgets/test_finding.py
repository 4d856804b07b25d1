from __future__ import annotations

from typing import Any

from stage.ui.desk.machine import Found
from stage.ui.widgets.finding import FoundRow, Mark


def test_a_row_says_what_is_so_and_what_to_do(shown: Any) -> None:
    made = shown(FoundRow(Found("disk", "Too little.", "Free some.", "warning")), 300, 60)
    assert made.accessibleName() == "Too little. Free some."
    assert made.findChild(Mark).accessibleName() == "to do"
    well = shown(FoundRow(Found("disk", "Enough.")), 300, 60)
    assert well.findChild(Mark).accessibleName() == "well"
    assert well.grab().toImage() != made.grab().toImage()
