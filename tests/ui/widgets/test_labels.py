from __future__ import annotations

from typing import Any

import pytest

from stage.ui.dress.eliding import LONGEST, MORE
from stage.ui.widgets.labels import TIP, Elided, heading, label, plain_tip
from tests.ui.lanes.hostile import HOSTILE


def test_labels_never_take_text_for_markup(shown: Any) -> None:
    made = shown(label("<b>bold</b>", wrap=True))
    assert made.textFormat().name == "PlainText"
    assert heading("Plays").textFormat().name == "PlainText"


def test_text_is_cut_short_by_room_and_read_whole(shown: Any) -> None:
    made = shown(Elided("A long sentence that does not fit", least=60), 80, 20)
    assert made.text() == "A long sentence that does not fit"
    assert made.accessibleName() == made.text()
    assert made.minimumSizeHint().width() == 60
    made.set_text("short")
    assert made.minimumSizeHint().width() < 60
    made.set_text("short")
    assert not made.grab().isNull()


def test_a_second_row_is_used_before_anything_is_cut(shown: Any) -> None:
    text = "round robin: next after Ada"
    made = shown(Elided(text, rows=2))
    wide = made.fontMetrics().horizontalAdvance("round robin: next") + 2
    made.resize(wide, made.sizeHint().height())
    assert made.rows() == ["round robin: next", "after Ada"]
    assert made.toolTip() == ""
    made.set_text(f"{text} and whoever else is there")
    assert made.rows()[0] == "round robin: next"
    assert made.rows()[1].endswith("…")
    assert "whoever else" in made.toolTip()
    made.set_text("a" * 200)
    assert len(made.rows()) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_a_row_of_any_text_is_laid_out_by_its_beginning(name: str, shown: Any) -> None:
    made = shown(Elided(HOSTILE[name], rows=2), 200, 60)
    assert made.text() == HOSTILE[name]
    assert sum(map(len, made.rows())) <= LONGEST + len(MORE)
    assert len(made.toolTip()) < 20 * TIP


def test_a_tip_is_text_in_columns_or_not_and_has_an_end() -> None:
    assert plain_tip("<b>&", columns=True) == "<pre style='margin:5px 7px'>&lt;b&gt;&amp;</pre>"
    assert plain_tip("<b>&") == "<p style='white-space: pre-wrap'>&lt;b&gt;&amp;</p>"
    assert max(len(plain_tip("x" * 200_000, columns=each)) for each in (True, False)) < 2 * TIP
