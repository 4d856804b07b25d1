from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from stage.ui.compare.cells import Cell, Mark, Words
from stage.ui.dress.theme import contrast
from stage.ui.dress.tokens import DARK, LIGHT, Tokens

SAID = "I keep it because the dark asks questions. Somebody should be awake to hear them."


def painted(cell: Cell, width: int, scheme: Tokens) -> QImage:
    image = QImage(width, cell.height, QImage.Format.Format_RGB32)
    image.fill(QColor(scheme.surface))
    painter = QPainter(image)
    cell.paint(painter, QRectF(0, 0, width, cell.height))
    painter.end()
    return image


def test_a_note_without_room_is_told_briefly_not_cut_off() -> None:
    note = Words("Iris", text=SAID, note="stage-base", brief="base")
    whole, brief = (replace(note, note=each) for each in ("stage-base", "base"))
    assert painted(Cell(note, 110, LIGHT, 15.5), 110, LIGHT) == painted(
        Cell(brief, 110, LIGHT, 15.5), 110, LIGHT
    )
    assert painted(Cell(note, 600, LIGHT, 15.5), 600, LIGHT) == painted(
        Cell(replace(whole, brief=""), 600, LIGHT, 15.5), 600, LIGHT
    )


def test_a_narrow_cell_is_higher_and_a_larger_text_too(qapp: QApplication) -> None:
    words = Words("Iris", text=SAID)
    wide, narrow = (Cell(words, width, LIGHT, 15.5).height for width in (600, 200))
    assert narrow > wide
    assert Cell(words, 600, LIGHT, 24).height > wide
    assert Cell(Words("Iris", text=SAID, more="more"), 600, LIGHT, 15.5).height > wide


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=lambda each: each.name)
@pytest.mark.parametrize("chosen", [False, True])
def test_words_that_differ_are_tinted_and_underlined_and_can_be_read(
    qapp: QApplication, scheme: Tokens, chosen: bool
) -> None:
    words = Words("Iris", text=SAID, marks=(Mark(18, 41),))
    cell = Cell(words, 600, scheme, 15.5, chosen=chosen)
    layout = cell._laid[0]
    (made,) = layout.formats()
    assert (made.start, made.length) == (18, 23)
    ground = made.format.background().color()
    assert contrast(ground, QColor(scheme.text)) >= 4.5
    assert made.format.fontUnderline() or made.format.underlineStyle().value > 0
    plain = painted(Cell(Words("Iris", text=SAID), 600, scheme, 15.5), 600, scheme)
    assert painted(cell, 600, scheme) != plain


def test_marks_fall_on_their_words_across_rows_and_wide_characters(qapp: QApplication) -> None:
    words = Words("Iris", text="one \U0001f600 two\nthree four", marks=(Mark(6, 15),))
    cell = Cell(words, 600, LIGHT, 15.5)
    found = [[(f.start, f.length) for f in layout.formats()] for layout in cell._laid.values()]
    assert found == [[(7, 3)], [(0, 5)]]


@pytest.mark.parametrize(
    "text",
    ["", "x" * 4000, "(" * 4000, "<img src='/dev/zero'>\x00\u202e\ud800", "\n" * 50, "a\u2028b"],
)
def test_hostile_text_is_laid_out_and_painted(qapp: QApplication, text: str) -> None:
    cell = Cell(Words("Iris", text=text, note="same as A", running=True), 180, DARK, 15.5)
    assert cell.height > 20
    painted(cell, 180, DARK)


def test_a_branch_without_a_line_says_so(qapp: QApplication) -> None:
    empty: Any = Cell(Words("", note="no line here"), 200, LIGHT, 15.5)
    image = painted(empty, 200, LIGHT)
    colours = {image.pixel(x, y) for x in range(200) for y in range(empty.height)}
    assert len(colours) > 2
