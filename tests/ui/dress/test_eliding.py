from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF

from stage.ui.dress.eliding import LONGEST, beginning, elided


class Measured(QFontMetrics):
    """Knows how much it was given to lay out."""

    most = 0

    def elidedText(self, text: str, *rest: Any) -> str:  # noqa: N802
        self.most = max(self.most, len(text))
        return super().elidedText(text, *rest)


def test_of_a_long_text_no_more_is_laid_out_than_a_row_has_room_for() -> None:
    metrics = Measured(QFont())
    shown = elided(metrics, "some words " * 100_000, 200)
    assert shown.startswith("some words")
    assert shown.endswith("…")
    assert metrics.horizontalAdvance(shown) <= 200
    assert metrics.most <= 202
    elided(metrics, "i" * 100_000, 1_000_000)
    assert metrics.most <= LONGEST + 1


def test_what_fits_is_whole_and_where_there_is_no_room_nothing_breaks() -> None:
    for metrics in (QFontMetrics(QFont()), QFontMetricsF(QFont())):
        assert elided(metrics, "short", 500.5) == "short"
        assert elided(metrics, "", 0) == ""
        assert len(elided(metrics, "long", -3)) <= 1


def test_a_beginning_says_that_there_is_more() -> None:
    assert beginning("abc", 3) == "abc"
    assert beginning("abcd", 3) == "abc…"
