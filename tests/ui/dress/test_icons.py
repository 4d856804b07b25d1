from __future__ import annotations

from stage.ui.dress import icons


def test_discs_and_mark_are_painted_for_every_size() -> None:
    assert not icons.disc_icon(3).isNull()
    assert icons.disc_icon(3) is icons.disc_icon(3)
    sizes = {size.width() for size in icons.application_icon().availableSizes()}
    assert {16, 48, 256} <= sizes
