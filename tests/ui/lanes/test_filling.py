"""A long path comes in from its end upwards; whoever reads sees nothing move."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stage.ui.lanes import filling
from stage.ui.lanes.script import FIRST, OVER
from stage.ui.lanes.transcript import Transcript, _restyle
from tests.ui.lanes.test_transcript import entry
from tests.ui.widgets.test_painted_anew import on_screen, whole

MANY = 200
LINES = [entry(at, f"Line {at}. " + "Words to be read. " * (at % 7)) for at in range(MANY)]


@pytest.fixture
def text(shown: Any, loop: Any) -> Transcript:
    return begun(shown)


def begun(shown: Any) -> Transcript:
    made: Transcript = shown(Transcript(), 420, 400)
    made.show_entries(LINES, to_end=True)
    return made


def ids(text: Transcript) -> list[str]:
    return [each.entry.id for each in text.script.placed]


def top(text: Transcript) -> tuple[str, float]:
    """The line at the top, and where it stands."""
    at = text._entry_at(QPoint(0, 0))
    return text.script.placed[at].entry.id, text._ink.area(at, text._view()).top()


def test_the_end_is_there_at_once_and_the_rest_comes_in_parts(
    shown: Any, loop: Any, monkeypatch: Any
) -> None:
    text = begun(shown)  # a fixture would have given it a turn
    assert ids(text) == [str(at) for at in range(MANY - text.script.seen, MANY)]
    assert text.script.seen < FIRST, "no more than are seen"
    assert text._ink.area(0, text._view()).top() < 0, "as many as are seen"
    assert text.visible_lines()[-1] == str(MANY - 1)
    monkeypatch.setattr(filling, "SLICE", -1.0)  # each part takes too long for another one
    counts = [len(text.script.placed)]
    text.filler._next.timeout.connect(lambda: counts.append(len(text.script.placed)))
    loop.until(lambda: not text.script.above)
    assert ids(text) == [str(at) for at in range(MANY)]
    assert max(after - before for before, after in pairwise(counts)) == filling.PART
    bar = text.verticalScrollBar()
    assert bar.maximum() - bar.value() < 2
    assert on_screen(text) == whole(text)


def test_whoever_reads_stays_where_they_are(text: Transcript, loop: Any) -> None:
    text.follower.let_go()
    text.verticalScrollBar().setValue(text.verticalScrollBar().maximum() // 2)
    before = top(text)
    loop.until(lambda: not text.script.above)
    line, height = top(text)
    assert line == before[0]
    assert abs(height - before[1]) < 2
    text.resize(500, 400)  # all would be laid out anew
    assert abs(int(top(text)[0]) - int(line)) <= 1  # the line may be a row shorter now
    assert ids(text)[0] != "0"
    loop.until(lambda: not text.script.above)
    assert ids(text) == [str(at) for at in range(MANY)]


@pytest.mark.parametrize("change", ["read", "scheme"])
def test_set_in_another_way_it_is_written_anew_round_the_reader_who_stays(
    text: Transcript, loop: Any, change: str
) -> None:
    loop.until(lambda: not text.script.above)
    text.choose("100")
    text._scroll(30)  # into a line
    line, height = top(text)
    for on in (True, False):
        text.read(on) if change == "read" else _restyle(text)
        assert len(text.script.placed) <= FIRST + OVER, "few of them in one piece"
        loop.until(lambda: not (text.script.above or text.script.below))
        assert top(text)[0] == line
        assert abs(top(text)[1] - height) < 2


def test_a_page_up_or_down_begins_where_one_reads(text: Transcript, loop: Any) -> None:
    loop.until(lambda: not text.script.above)
    text.choose("100")  # the text cursor stays elsewhere
    QTest.keyClick(text, Qt.Key.Key_PageUp)
    above = [int(each) for each in text.visible_lines()]
    assert 80 < above[0] < above[-1] <= 100
    text.choose("150")
    QTest.keyClick(text, Qt.Key.Key_PageDown)
    below = [int(each) for each in text.visible_lines()]
    assert 140 < below[0] < below[-1] < 170


def test_what_is_new_at_the_end_takes_nobody_away_from_what_they_read(
    text: Transcript, loop: Any
) -> None:
    text.choose("3")
    QTest.keyClick(text, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    loop.settle()
    before = top(text)
    text.show_entries([*LINES, entry(MANY, "New.")], to_end=True)
    loop.settle()
    assert top(text) == before
    assert text.follower.newest.isVisible()
    other = [entry(at) for at in range(500, 500 + MANY)]
    text.show_entries(other, to_end=True)
    assert text.visible_lines()[-1] == str(499 + MANY), "nothing of what was read is there"


def test_a_line_far_above_is_there_when_it_is_wanted(text: Transcript, loop: Any) -> None:
    text.choose("3")
    assert "3" in text.visible_lines()
    assert len(ids(text)) < MANY // 2, "not all between is written"
    assert not text.follower.near_end(), "the end of what is written is not that of the path"
    seen = top(text)
    text.show_entries([*LINES, entry(MANY, "Said meanwhile.")])
    loop.until(lambda: not (text.script.above or text.script.below))
    assert ids(text) == [str(at) for at in range(MANY + 1)]
    assert top(text)[0] == seen[0]
    assert abs(top(text)[1] - seen[1]) < 2


def test_what_was_left_far_behind_is_taken_out_again(
    text: Transcript, loop: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(filling, "AHEAD", 20)
    monkeypatch.setattr(filling, "FAR", 40)
    text.show_entries(LINES)
    most, seen = 0, set[str]()
    for ends in ("0", str(MANY - 1)):
        while ids(text)[0 if ends == "0" else -1] != ends or ends not in text.visible_lines():
            bar, before = text.verticalScrollBar(), text.visible_lines()
            step = text.viewport().height() // 2
            bar.setValue(bar.value() + (-step if ends == "0" else step))
            now = text.visible_lines()
            assert set(before) & set(now), "nobody is thrown anywhere"
            at = top(text)
            loop.until(lambda: not text.filler._next.isActive())
            assert abs(top(text)[1] - at[1]) < 2
            assert top(text)[0] == at[0], "and nothing moves under them"
            seen |= set(now)
            most = max(most, len(ids(text)))
    assert seen == {str(at) for at in range(MANY)}
    assert most < MANY - 20
    assert on_screen(text) == whole(text)


def test_a_caret_whose_line_is_not_written_any_more_is_not_seen(text: Transcript) -> None:
    text.choose(str(MANY - 1))
    QTest.keyClick(text, Qt.Key.Key_Right)
    assert text.cursorWidth()
    text.choose("3")
    assert not text.cursorWidth()


def test_from_far_above_one_is_at_the_end_at_once(text: Transcript) -> None:
    text.choose("3")
    text.follower.jump()
    assert ids(text)[-1] == str(MANY - 1)
    assert text.visible_lines()[-1] == str(MANY - 1)
    assert text.follower.near_end()


def test_no_more_is_written_than_is_near(text: Transcript, loop: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(filling, "AHEAD", 40)
    text.choose("100")
    loop.until(lambda: not text.filler._next.isActive())
    assert text.script.above
    assert text.script.below
    at = text.script.index("100")
    assert 35 <= at < 80
    assert 35 <= len(ids(text)) - at < 80
    while text.script.above:
        before = len(text.script.above)
        text.verticalScrollBar().setValue(0)  # whoever reads on finds more
        loop.until(lambda: not text.filler._next.isActive())
        assert len(text.script.above) < before
    assert ids(text)[0] == "0"


def test_names_that_change_do_not_throw_a_reader_to_the_end(text: Transcript) -> None:
    text.script.write_above(len(text.script.above))
    text.follower.let_go()
    text.verticalScrollBar().setValue(text.verticalScrollBar().maximum() // 3)
    before = top(text)
    text.show_entries([entry(int(each.id), each.text, name="Ida") for each in LINES])
    QApplication.processEvents()
    assert top(text)[0] == before[0]


def test_keys_that_go_to_an_end_find_it_written(text: Transcript) -> None:
    held = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(text, Qt.Key.Key_Home, held)
    assert ids(text)[0] == "0"
    assert text.visible_lines()[0] == "0"
    QTest.keyClick(text, Qt.Key.Key_End, held)
    assert ids(text)[-1] == str(MANY - 1)
    assert text.visible_lines()[-1] == str(MANY - 1)


def test_what_is_hidden_waits(text: Transcript, loop: Any) -> None:
    text.hide()
    loop.until(lambda: not text.filler._next.isActive())
    assert text.script.above
    text.show()
    loop.until(lambda: not text.script.above)


def test_what_is_selected_is_kept_when_the_lane_grows_wider(text: Transcript) -> None:
    text.script.write_above(len(text.script.above))
    text.selectAll()
    text.resize(500, 400)
    assert not text.script.above
    assert text.textCursor().hasSelection()
