from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from stage.ui.views import VIEWS
from stage.ui.window import marks


@pytest.mark.parametrize("name", marks.NAMES)
def test_a_drawing_stays_in_its_square_and_fills_it(name: str) -> None:
    box = marks.mark(name).boundingRect()
    assert QRectF(0, 0, 20, 20).contains(box)
    assert max(box.width(), box.height()) >= 10


def test_every_view_has_a_drawing_of_its_own() -> None:
    assert set(VIEWS.names) <= set(marks.NAMES)
