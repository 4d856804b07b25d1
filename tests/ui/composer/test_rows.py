"""The composer's rows, tall and low."""

from __future__ import annotations

from typing import Any

from stage.ui.composer.composer import Composer
from stage.ui.desk.desk import Desk


def test_low_rows_hold_the_same_in_less_height(desk: Desk, shown: Any, loop: Any) -> None:
    composer = shown(Composer(desk), 700, 200)
    stops = [stop for stop in composer.stops() if stop.isVisible()]
    tall = composer.sizeHint().height()
    composer.lie(True)
    loop.settle()
    assert composer.sizeHint().height() < 0.75 * tall
    left_out = [stop for stop in stops if not stop.isVisible()]
    assert not left_out
    assert composer.reason.isHidden()
    assert composer.reason.text() in composer.next.name.toolTip(), "it is still told"
    composer.words.setPlainText("\n".join("12345"))
    assert composer.words.height() < 4 * composer.words.fontMetrics().lineSpacing() + 22
    composer.lie(False)
    loop.settle()
    assert all(stop.isVisible() for stop in stops)


def test_below_the_last_row_there_is_air(desk: Desk, shown: Any, loop: Any) -> None:
    composer = shown(Composer(desk), 700, 260)
    for low in (False, True):
        composer.lie(low)
        loop.settle()
        composer.resize(700, composer.sizeHint().height())
        loop.settle()
        feet = [part.geometry().bottom() for part in (composer.meter, composer.length)]
        assert max(feet) <= composer.height() - 5
