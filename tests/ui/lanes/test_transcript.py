from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stage.ui.lanes.entry import Entry
from stage.ui.lanes.ink import Tint, line_rect
from stage.ui.lanes.transcript import Transcript

HOSTILE = {
    "image": "<img src='file://{fifo}'> ![x]({fifo})",
    "tags": "<script>alert(1)</script><b>bold?</b> <thinking>kept</thinking> &amp; &lt;",
    "bidi": "abc \u202edef\u202c \u2067ghi\u2069 \u200b\ufeff",
    "markdown": "```open fence\n# no heading\n1. no list\n   three spaces",
    "controls": "bell \a nul \0 escape \x1b[31mred surrogate \ud800 nel \x85",
    "brackets": "[" * 20_000,
    "no space": "x" * 200_000,
    "astral": "\U0001f469\u200d\U0001f469\u200d\U0001f466 " * 50,
}


def entry(number: int, text: str = "Words.", **more: Any) -> Entry:
    return replace(Entry(str(number), "Ada", 0, "stage-base", "", text), **more)


def spoken(made: Transcript, at: int) -> str:
    """The text of an entry as its blocks have it, once all of it is written."""
    made.nearby._busy = True  # which would leave out again what is not near
    made.script.frame(at, 0, len(made.script.placed[at].pieces))
    text = ""
    for row, (_, goes_on) in zip(made.script.rows(at), made.script.placed[at].pieces, strict=True):
        text += row.text() if not text or goes_on else "\n" + row.text()
    return text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_shown_verbatim_and_nothing_is_opened(
    name: str, shown: Any, tmp_path: Path
) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)  # reading it would hang for ever
    text = HOSTILE[name].replace("{fifo}", str(fifo))
    made = shown(Transcript(), 500, 400)
    started = time.process_time()
    made.show_entries([entry(1, text)])
    made.viewport().grab()
    assert time.process_time() - started < 2.0
    visible = [char for char in text if char.isprintable() and char not in "\ufeff"]
    assert [char for char in spoken(made, 0) if char in visible] == visible
    assert len(spoken(made, 0)) == len(text)


def test_copying_is_plain_text_with_long_rows_whole(shown: Any) -> None:
    made = shown(Transcript(), 500, 400)
    made.show_entries([entry(1, "<b>x</b>" + "y" * 4000 + "\nend")])
    made.selectAll()
    data = made.createMimeDataFromSelection()
    assert data.formats() == ["text/plain"]
    assert "<b>x</b>" + "y" * 4000 + "\nend" in data.text()


def test_nothing_is_ever_loaded(shown: Any) -> None:
    made = shown(Transcript(), 500, 400)
    for kind in range(4):
        loaded = made.loadResource(kind, "file:///etc/hostname")
        assert loaded is not None
        assert loaded.isNull()


def test_the_end_is_followed_until_the_reader_goes_up(shown: Any) -> None:
    made = shown(Transcript(), 400, 300)
    lines = [entry(at, "Words. " * 20) for at in range(20)]
    made.show_entries([*lines, entry(99, "", running=True)], to_end=True)
    bar = made.verticalScrollBar()
    assert bar.value() == bar.maximum()
    made.grow(entry(99, "More. " * 60, running=True))
    assert bar.value() == bar.maximum()

    where = QPointF(100, 100)
    up = QWheelEvent(where, made.mapToGlobal(where), QPoint(), QPoint(0, 240),
                     Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                     Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(made.viewport(), up)
    stood = bar.value()
    assert stood < bar.maximum()
    made.grow(entry(99, "More. " * 120, running=True))
    assert bar.value() == stood
    assert made.follower.newest.isVisible()
    made.follower.newest.click()
    assert bar.value() == bar.maximum()
    assert not made.follower.newest.isVisible()
    made.grow(entry(99, "More. " * 180, running=True))
    assert bar.value() == bar.maximum()


def test_a_click_chooses_a_line_a_token_or_a_sibling(shown: Any) -> None:
    made = shown(Transcript(), 420, 300)
    made.show_entries([entry(1, "First words here.", of=3), entry(2)])
    made.tint("1", [Tint(0, 17, 0.5, 4)], [])
    told: list[tuple[Any, ...]] = []

    def chosen(line: str) -> None:
        told.append(("chosen", line))

    def pressed(line: str, token: int) -> None:
        told.append(("pressed", line, token))

    def switched(line: str, step: int) -> None:
        told.append(("switched", line, step))

    made.chosen.connect(chosen)
    made.pressed.connect(pressed)
    made.switched.connect(switched)
    row = line_rect(made.script.rows(0)[0], 0)
    click(made, QPointF(row.left() + 20, row.center().y()))
    assert told == [("chosen", "1"), ("pressed", "1", 4)]
    header = line_rect(made.script.header(0), 0)
    click(made, QPointF(made._view().right - 4, header.center().y()))
    assert told[-1] == ("switched", "1", 1)


def click(made: Transcript, where: QPointF) -> None:
    QTest.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=where.toPoint())


def test_going_up_and_down_lines_and_what_a_reader_hears(shown: Any) -> None:
    made = shown(Transcript(), 420, 300)
    made.show_entries([entry(1), entry(2, of=4, at=2)])
    assert made.neighbour(-1) == "2"
    made.choose("2")
    assert made.neighbour(-1) == "1"
    assert made.neighbour(1) == ""
    assert "take 2 of 4" in made.accessibleDescription()
    made.choose("")
    assert made.accessibleDescription() == ""


def test_a_wide_lane_keeps_a_comfortable_measure(shown: Any) -> None:
    made = shown(Transcript(), 1500, 300)
    made.show_entries([entry(1, "word " * 200)])
    block = made.script.rows(0)[0]
    rows = [block.layout().lineAt(at).textLength() for at in range(block.layout().lineCount())]
    assert 45 <= max(rows) <= 100


def test_a_new_scheme_keeps_text_and_place(shown: Any) -> None:
    made = shown(Transcript(), 400, 300)
    made.show_entries([entry(at, "Words. " * 20) for at in range(30)])
    made.follower.let_go()
    made.verticalScrollBar().setValue(900)
    first = made.visible_lines()[0]
    text = made.toPlainText()
    made.set_spoken_size(19)
    assert made.toPlainText() == text
    assert made.visible_lines()[0] == first


def test_five_hundred_lines_are_built_soon_and_a_flush_costs_the_same(shown: Any) -> None:
    made = shown(Transcript(), 700, 600)
    lines = [entry(at, "Some words, and a few more. " * 16) for at in range(500)]
    started = time.process_time()
    made.show_entries(lines)
    assert time.process_time() - started < 1.0  # 0.1 s on a quiet machine

    def cost(count: int) -> float:
        made.show_entries([*lines[:count], entry(9999, "", running=True)])
        began = time.process_time()
        for many in range(40):
            made.grow(entry(9999, "word " * many, running=True))
        return time.process_time() - began

    short, long = cost(5), cost(500)
    assert long < max(short * 6, 0.25)


def test_selection_may_begin_and_end_inside_rows(shown: Any) -> None:
    made = shown(Transcript(), 420, 300)
    made.show_entries([entry(1, "one\ntwo")])
    cursor = QTextCursor(made.document())
    cursor.setPosition(made.script.rows(0)[0].position() + 1)
    cursor.setPosition(made.script.rows(0)[1].position() + 2, QTextCursor.MoveMode.KeepAnchor)
    made.setTextCursor(cursor)
    assert made.createMimeDataFromSelection().text() == "ne\ntw"
