from __future__ import annotations

from PySide6.QtGui import QFontInfo

from stage.ui.dress import fonts


def test_shipped_families_are_there_after_install() -> None:
    assert QFontInfo(fonts.spoken()).family() in fonts.SERIF
    assert QFontInfo(fonts.interface()).family() not in fonts.PLAIN
    assert QFontInfo(fonts.mono()).family() in fonts.MONO


def test_sizes_are_points_so_that_they_grow_with_the_desktop() -> None:
    assert fonts.spoken(16).pointSizeF() == 12.0
    assert fonts.heading().pointSizeF() < fonts.interface().pointSizeF()
    assert fonts.figures().pointSizeF() == fonts.interface().pointSizeF()
