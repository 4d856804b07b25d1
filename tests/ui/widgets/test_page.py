from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtTest import QTest

from stage.ui.dress import fonts, theme
from stage.ui.lanes.typesetting import UNWRITTEN
from stage.ui.lanes.verbatim import LONGEST
from stage.ui.widgets.page import Page, Passage
from tests.ui.lanes.hostile import HOSTILE

Key = Qt.Key


@pytest.fixture
def page(shown: Any) -> Page:
    return shown(Page(), 900, 500)


def passages(count: int, words: int = 30) -> list[Passage]:
    return [Passage(f"l{n}", "Ada", "base · 3 tokens", f"Line {n}. " + "well " * words)
            for n in range(count)]  # fmt: skip


def written(page: Page, loop: Any) -> str:
    loop.until(lambda: not page._slices.busy)
    return page.document().toPlainText()


def test_title_setting_chapters_names_facts_and_text_follow_each_other(
    page: Page, loop: Any
) -> None:
    scene = Passage("s", "", "", "The lamp turns.", quiet=True)
    said = Passage("a", "Ada", "base · 3 tokens", "Well.\nYes.", chapter="The stairs")
    page.show_passages("The light", "A room.", [scene, said])
    assert written(page, loop).split("\n") == [
        "The light", "A room.", "The lamp turns.", "The stairs", "Ada\u2003base · 3 tokens",
        "Well.", "Yes.",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [12.0, 15.5, 24.0])
def test_the_measure_is_comfortable_in_any_size(page: Page, loop: Any, size: float) -> None:
    page.resize(1900, 600)
    page.set_style(size=size)
    page.show_passages("T", "", passages(3, 100))
    written(page, loop)
    wide = QFontMetricsF(fonts.spoken(size)).averageCharWidth()
    assert 45 <= page.viewport().width() / wide <= 80


def test_what_was_written_stays_when_more_is_said(page: Page, loop: Any) -> None:
    lines = passages(30)
    page.show_passages("T", "", lines)
    written(page, loop)
    page.verticalScrollBar().setValue(200)
    changed: list[int] = []
    page.document().contentsChange.connect(lambda at, gone, new: changed.append(at))
    page.show_passages("T", "", [*lines[:-1], replace(lines[-1], text="Other words.")])
    text = written(page, loop)
    assert text.endswith("Other words.")
    assert min(changed) > len(text) / 2
    assert page.verticalScrollBar().value() == 200
    page.show_passages("T", "", lines[:10])
    assert "Line 10." not in written(page, loop)
    assert [each.id for each in page.passages] == [each.id for each in lines[:10]]


def test_a_thousand_lines_are_written_in_slices(page: Page, loop: Any, in_slices: None) -> None:
    page.show_passages("T", "", passages(1000, 10))
    assert page._slices.busy
    assert len(page.passages) < 500
    page.go_to("l700")
    written(page, loop)
    assert len(page.passages) == 1000
    assert page.top_passage() == "l700"


def test_the_edge_of_the_page_says_that_the_keyboard_is_there(page: Page, loop: Any) -> None:
    page.show_passages("T", "", passages(3))
    written(page, loop)
    inside = page.viewport().x()
    assert inside > 20
    page.setFocus()
    seen, mark = page.grab().toImage(), QColor(theme.tokens(page).mark)
    assert seen.pixelColor(0, 20) == mark
    assert seen.pixelColor(inside, 20) != mark, "a line in the middle would be a quote's"
    page.clearFocus()
    assert page.grab().toImage().pixelColor(0, 20) != mark


def test_keys_scroll(page: Page, loop: Any) -> None:
    page.show_passages("T", "", passages(60))
    written(page, loop)
    bar, seen = page.verticalScrollBar(), [0]
    for key in (Key.Key_Down, Key.Key_PageDown, Key.Key_Space, Key.Key_End):
        QTest.keyClick(page, key)
        seen.append(bar.value())
    assert seen == sorted(set(seen))
    assert seen[-1] == bar.maximum()
    QTest.keyClick(page, Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() < bar.maximum()
    QTest.keyClick(page, Key.Key_Home)
    assert bar.value() == 0


def test_read_or_verbatim_the_characters_are_the_same(page: Page, loop: Any) -> None:
    page.show_passages("T", "", [Passage("a", "Ada", "", "*Well*, `yes` <b>no</b>")])
    page.set_style(read=True)
    read = written(page, loop)
    page.set_style(read=False)
    assert written(page, loop) == read
    assert "*Well*, `yes` <b>no</b>" in read


def test_hostile_text_is_shown_and_nothing_is_opened(page: Page, loop: Any, tmp_path: Path) -> None:
    bait = tmp_path / "bait.png"
    bait.write_bytes(b"x")
    read = bait.stat().st_atime_ns
    words = f"![i](file://{bait})<img src='{bait}'>\u2028\x00\ud800" + "[" * 20_000 + "x" * 100_000
    page.show_passages(words[:80], words, [Passage("a", words[:50], words[:50], words)])
    text = written(page, loop)
    assert text.count("[" * 100) >= 1
    page.grab()
    assert bait.stat().st_atime_ns == read


def test_the_place_one_reads_stays_when_size_changes(page: Page, loop: Any) -> None:
    page.show_passages("T", "", passages(80))
    written(page, loop)
    page.go_to("l40")
    page.set_style(size=22.0)
    written(page, loop)
    assert page.top_passage() == "l40"


def test_writing_may_be_given_up_and_taken_up_again(page: Page, loop: Any) -> None:
    lines = passages(50)
    page.show_passages("The light", "", lines)
    page.rest()
    page.show_passages("The light", "", lines)
    written(page, loop)
    assert page.passages == lines


@pytest.mark.parametrize("name", HOSTILE)
def test_of_a_long_passage_only_what_is_near_is_written(name: str, page: Page, loop: Any) -> None:
    said = Passage("m", "Ada", "base", HOSTILE[name], chapter="The stairs")
    end = Passage("e", "Ben", "base", "The end.")
    page.show_passages("The light", "", [said, end])
    assert written(page, loop).endswith("The end.")
    bar = page.verticalScrollBar()
    for share in (1, 2, 3, 9):
        bar.setValue(bar.maximum() // share)
        assert page.document().blockCount() < 400
        placed = page._leaf.placed[0]
        rows = [block.text() for block in page._leaf.rows(0)]
        assert rows == placed.pieces.rows[placed.low : placed.high]
        for y in range(4, page.viewport().height(), 20):
            state = page.cursorForPosition(QPoint(60, y)).block().userState()
            assert state != UNWRITTEN
    page.selectAll()
    assert f"The stairs\nAda\u2003base\n{HOSTILE[name]}\nBen" in page.selection()
    page.resize(500, 400)
    page.set_style(read=False)
    written(page, loop)
    assert page.document().blockCount() < 400


@pytest.mark.parametrize("name", HOSTILE)
def test_titles_are_cut_short_and_a_long_setting_is_written_where_it_is_read(
    name: str, page: Page, loop: Any
) -> None:
    text = HOSTILE[name]
    said = Passage("a", "Ada", f"#{text}", "Well.", chapter=text)
    page.show_passages(text, text, [said])
    written(page, loop)
    assert page.passages == [said]
    page.selectAll()
    for wide in (500, 800):
        page.resize(wide, 400)
        assert page.document().blockCount() < 400
        block = page.document().begin()
        while block.isValid():
            assert block.length() <= 2 * LONGEST
            block = block.next()
    assert text in page.selection()
    assert page.selection().endswith("Well.")
    page.set_style(read=False)
    written(page, loop)
    assert page.document().blockCount() < 400


def test_what_one_reads_may_become_other_words(page: Page, loop: Any) -> None:
    lines = [Passage(f"l{at}", "Ada", "", HOSTILE["newlines"]) for at in range(3)]
    page.show_passages("T", HOSTILE["words"], lines)
    written(page, loop)
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    page.show_passages("T", HOSTILE["words"], [replace(lines[0], chapter="One"), *lines[1:]])
    assert written(page, loop).count("One") == 1
    assert page.document().blockCount() < 400
