from __future__ import annotations

from typing import Any

from stage.ui.widgets.labels import Elided, heading, label


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
