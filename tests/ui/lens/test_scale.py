from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor

from stage.ui.lens.scale import Scale


def test_a_difference_has_two_sides_and_words_for_both(shown: Any) -> None:
    made = shown(Scale(), 500, 24)
    made.show_scale("0", "6 nats")
    one = made.sizeHint().width()
    made.show_scale("likelier to base", "likelier to chat", two=True)
    assert made.accessibleName() == "likelier to base \u2013 likelier to chat"
    assert made.sizeHint().width() > one
    image = made.grab().toImage()
    found = {QColor(image.pixel(x, 12)).hue() for x in range(image.width())}
    assert any(190 < hue < 220 for hue in found)  # blue
    assert any(15 < hue < 40 for hue in found)  # orange
