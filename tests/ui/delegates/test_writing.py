"""Rows of words are cut where there is no room, and what is not seen is not shaped."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from stage.ui.delegates import writing
from stage.ui.dress import fonts


@pytest.mark.parametrize(
    ("text", "cut"), [("short", False), ("two\nrows", False), ("a" * 200_000, True)]
)
def test_a_text_is_written_as_far_as_there_is_room(
    qapp: Any, text: str, cut: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()

    class Metrics(QFontMetrics):
        def elidedText(self, text: str, *args: Any) -> str:  # noqa: N802
            asked.append(text)
            return str(super().elidedText(text, *args))

    monkeypatch.setattr(writing, "QFontMetrics", Metrics)
    image = QImage(120, 20, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    said = writing.write(painter, QRect(0, 0, 120, 20), text, fonts.interface(), "#000000")
    painter.end()
    wide = QFontMetrics(fonts.interface()).horizontalAdvance(said)
    assert wide <= 120
    assert (wide > 100) is cut
    assert "\n" not in asked[0]
    assert len(asked[0]) <= 122, "no more characters than pixels"
