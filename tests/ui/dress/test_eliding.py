"""Of a text that is longer than a row only the beginning is laid out."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFontMetrics

from stage.ui.dress import fonts
from stage.ui.dress.eliding import LONGEST, MORE, beginning, elided


def test_a_long_text_is_told_by_its_beginning() -> None:
    assert beginning("one") == "one"
    assert beginning("x" * LONGEST) == "x" * LONGEST
    assert beginning("x" * (LONGEST + 1)) == "x" * LONGEST + MORE
    assert beginning("words", 3) == "wor" + MORE


def test_what_does_not_fit_ends_with_an_ellipsis(qapp: Any) -> None:
    metrics = QFontMetrics(fonts.interface())
    assert elided(metrics, "lamp", 500) == "lamp"
    assert elided(metrics, "lamp" * 50, 100).endswith(MORE)
    assert elided(metrics, "\u0301" * 200_000, 10_000).endswith(MORE)
