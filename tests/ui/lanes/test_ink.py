from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QRegion

from stage.ui.dress.theme import persona_colour
from stage.ui.dress.tokens import LIGHT
from stage.ui.lanes import ink
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.ink import Tint, line_rect, span_rects
from stage.ui.lanes.transcript import Transcript
from stage.ui.lanes.verbatim import LONGEST

LINES = [
    Entry("1", "Ada", 0, "stage-base", "", "First words, and some more of them.", at=1, of=3),
    Entry("2", "Ben", 1, "stage-chat", "", "Second.", running=True, pace="9 tok/s"),
]


def transcript(shown: Any) -> Transcript:
    made: Transcript = shown(Transcript(), 420, 300)
    made.show_entries(LINES)
    return made


def test_discs_stand_in_the_gutter_in_the_speakers_colours(shown: Any) -> None:
    made = transcript(shown)
    image = made.viewport().grab().toImage()
    for at, entry in enumerate(LINES):
        header = line_rect(made.script.header(at), 0)
        found = {
            image.pixelColor(int(header.left() - x), int(header.center().y())).name()
            for x in range(14, 40)
        }
        assert persona_colour(entry.colour).name() in found


def test_a_tint_is_painted_under_the_words_and_found_under_the_mouse(shown: Any) -> None:
    made = transcript(shown)
    made.tint("1", [Tint(0, 5, 1.0, 7)], [])
    block = made.script.rows(0)[0]
    (box,) = span_rects(block, 0, 5)
    rect = box.translated(block.layout().position())
    corner = made.viewport().grab().toImage().pixelColor(int(rect.left()) + 4, int(rect.top()) + 3)
    assert corner != QColor(LIGHT.surface)
    view = made._view()
    assert made._ink.token_at(0, rect.center(), view) == 7
    assert made._ink.token_at(0, QPointF(rect.right() + 30, rect.center().y()), view) == -1


def test_the_switch_has_two_halves_and_only_lines_with_siblings_have_it(shown: Any) -> None:
    made = transcript(shown)
    view = made._view()
    y = line_rect(made.script.header(0), 0).center().y()
    assert made._ink.step_at(0, QPointF(view.right - 4, y), view) == 1
    assert made._ink.step_at(0, QPointF(view.right - 50, y), view) == -1
    assert made._ink.step_at(0, QPointF(100, y), view) == 0
    below = line_rect(made.script.header(1), 0).center().y()
    assert made._ink.step_at(1, QPointF(view.right - 4, below), view) == 0
    assert made._ink.step_at(-1, QPointF(0, 0), view) == 0


def test_where_the_last_line_may_have_another_take_one_half_says_so(shown: Any) -> None:
    made: Transcript = shown(Transcript(), 420, 300)
    single = replace(LINES[0], of=1, more=True)
    made.show_entries([single, replace(single, id="2")])
    view = made._view()
    y = [line_rect(made.script.header(at), 0).center().y() for at in (0, 1)]
    assert made._ink.step_at(0, QPointF(view.right - 4, y[0]), view) == 0, "not in the middle"
    assert made._ink.step_at(1, QPointF(view.right - 4, y[1]), view) == 1
    assert made._ink.step_at(1, QPointF(view.right - 40, y[1]), view) == 0
    plain = made.viewport().grab().toImage()
    made.show_entries([single, replace(single, id="2", more=False)])
    assert made.viewport().grab().toImage() != plain


def test_the_caret_of_a_running_line_is_the_accents_colour(shown: Any) -> None:
    made = transcript(shown)
    image = made.viewport().grab().toImage()
    row = line_rect(made.script.rows(1)[0], 0)
    colours = {
        image.pixelColor(x, int(row.center().y())).name(QColor.NameFormat.HexRgb).upper()
        for x in range(int(row.left()), 400)
    }
    assert LIGHT.mark in colours


def test_the_chosen_line_stands_on_its_ground(shown: Any) -> None:
    made = transcript(shown)
    made.choose("1")
    made.setFocus(Qt.FocusReason.OtherFocusReason)
    area = made._ink.area(0, made._view())
    colour = made.viewport().grab().toImage().pixelColor(410 - 20, int(area.top()) + 2)
    assert colour.name().upper() == LIGHT.selection


def test_of_a_long_line_only_what_is_seen_is_worked_out(shown: Any, monkeypatch: Any) -> None:
    made = shown(Transcript(), 420, 300)
    made.show_entries([replace(LINES[0], text="word " * 20_000)])
    asked: list[int] = []
    real = ink.span_rects

    def counting(block: Any, start: int, end: int) -> Any:
        asked.append(start)
        return real(block, start, end)

    monkeypatch.setattr(ink, "span_rects", counting)
    marks = [Tint(at, at + 5, 0.5, at // 5) for at in range(0, 100_000, 5)]
    made.tint("1", marks, [])
    made.viewport().grab()
    once = len(asked)
    assert 0 < once < 3 * LONGEST // 5
    made.viewport().grab()
    assert len(asked) - once < 10  # the chip; tints are known


def test_the_chosen_line_keeps_its_tints_where_another_part_is_painted_with_it(
    shown: Any,
) -> None:
    made = transcript(shown)
    made.show_entries([*LINES, replace(LINES[1], id="3", text="Third.", running=False)])
    for each in ("1", "2"):
        made.tint(each, [Tint(0, 5, 1.0, 7)], [])
    made.choose("1")
    whole = made.viewport().grab().toImage()
    view, parts = made._view(), QRegion()
    for at, aside in enumerate((0, 40)):  # rectangles that are not joined into one
        area = made._ink.area(at, view).toAlignedRect()
        parts += area.adjusted(aside, 0, -aside, 0)
    assert parts.rectCount() > 1
    image = whole.copy()
    made.viewport().render(image, QPoint(), parts)
    block = made.script.rows(0)[0]
    (box,) = span_rects(block, 0, 5)
    rect = box.translated(block.layout().position())
    place = QPoint(int(rect.left()) + 4, int(rect.top()) + 3)
    assert image.pixelColor(place) == whole.pixelColor(place) != QColor(LIGHT.selection)
