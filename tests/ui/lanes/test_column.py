from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QTextEdit

from stage.ui.lanes.column import MARGIN, fit
from stage.ui.lanes.ink import GUTTER


def test_a_column_is_no_wider_than_can_be_read_and_stands_in_the_middle(shown: Any) -> None:
    text: QTextEdit = shown(QTextEdit(), 400, 200)
    room = text.viewport().width() - GUTTER - MARGIN
    assert fit(text, 15.5) == room
    text.resize(2_000, 200)
    wide = fit(text, 15.5)
    assert wide < 1_000
    form = text.document().rootFrame().frameFormat()
    assert abs(form.leftMargin() - GUTTER - (form.rightMargin() - MARGIN)) <= 1
    assert fit(text, 31.0) > 1.9 * wide
