"""Whatever is seen is written, and never much more, on any text and for any step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextDocument

from stage.ui.lanes import transcript
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.transcript import Transcript
from stage.ui.lanes.typesetting import UNWRITTEN
from stage.ui.lanes.verbatim import LONGEST
from tests.ui.lanes.hostile import HOSTILE

WRITTEN = 14 * LONGEST  # characters that may stand in the document of a lane
ROWS = 400


def entries(*texts: str) -> list[Entry]:
    return [Entry(str(at), "Ada", 0, "base", "", text) for at, text in enumerate(texts)]


@pytest.fixture
def text(shown: Any) -> Transcript:
    made: Transcript = shown(Transcript(), 420, 400)
    return made


class Work:
    """Counts the characters that are put into a document or laid out anew."""

    def __init__(self, document: QTextDocument) -> None:
        self.done = 0
        document.contentsChange.connect(self._changed)

    def _changed(self, _: int, gone: int, come: int) -> None:
        self.done += come

    def of(self, step: Callable[[], object]) -> int:
        self.done = 0
        step()
        return self.done


def seen(made: Transcript) -> Iterator[int]:
    """The states of the blocks that are seen."""
    for y in range(2, made.viewport().height(), 12):
        yield made.cursorForPosition(QPoint(100, y)).block().userState()


def is_right(made: Transcript) -> bool:
    """Whether nothing that is seen lacks, and what is written is what is said."""
    for at, placed in enumerate(made.script.placed):
        rows = [block.text() for block in made.script.rows(at)]
        if rows != placed.pieces.rows[placed.low : placed.high]:
            return False
    document = made.document()
    marks = 2 * made.viewport().height() / 24 * LONGEST  # which take no room
    most = WRITTEN if "\u0301" not in made.script.placed[1].entry.text else marks
    small = document.characterCount() < most and document.blockCount() < ROWS
    return small and UNWRITTEN not in set(seen(made))


@pytest.mark.parametrize("name", HOSTILE)
def test_every_step_sets_a_few_pages_of_text(name: str, text: Transcript) -> None:
    work, bar = Work(text.document()), text.verticalScrollBar()
    said = entries("First.", HOSTILE[name], "Last.")
    steps: list[Callable[[], object]] = [
        lambda: text.show_entries(said, to_end=True),
        lambda: bar.setValue(bar.maximum() // 2),
        lambda: text.resize(300, 500),
        lambda: text.set_spoken_size(19.0),
        lambda: bar.setValue(bar.value() - 4_000),
        lambda: text.read(True),
        lambda: bar.setValue(bar.value() + 700),
        lambda: text.read(False),
        lambda: bar.setValue(0),
        lambda: text.resize(460, 380),
        lambda: text.choose("1"),
        lambda: text.choose("2"),
        lambda: bar.setValue(bar.maximum()),
    ]
    for number, step in enumerate(steps):
        assert work.of(step) < (3 if name != "zalgo" else 8) * WRITTEN, number
        assert is_right(text), number


@pytest.mark.parametrize("name", ["words", "table", "tags", "astral"])
def test_scrolling_shows_every_row_once_and_in_order(name: str, text: Transcript) -> None:
    said = HOSTILE[name][:60_000]
    text.show_entries(entries("First.", said, "Last."))
    text.verticalScrollBar().setValue(0)
    told: dict[int, str] = {}
    bar = text.verticalScrollBar()
    while True:
        placed = text.script.placed[1]
        for row, block in zip(range(placed.low, placed.high), text.script.rows(1), strict=True):
            told[row] = block.text()
        assert UNWRITTEN not in set(seen(text))
        if bar.value() >= bar.maximum():
            break
        bar.setValue(bar.value() + 350)
    assert [told[row] for row in range(len(told))] == text.script.placed[1].pieces.rows


def test_what_is_read_stays_where_it_is_when_rows_come(text: Transcript) -> None:
    text.show_entries(entries("First.", HOSTILE["words"], "Last."))
    bar = text.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)

    def top() -> tuple[int, float]:
        spot = text.nearby.spot()
        assert spot is not None
        return spot.row, spot.share

    for step in (-60, -60, 60, -200, 200, -60):
        row, share = top()
        block = text.script.row(1, row)
        before = block.layout().position().y() - bar.value()
        bar.setValue(bar.value() + step)
        placed = text.script.placed[1]
        if placed.low <= row < placed.high:
            after = text.script.row(1, row).layout().position().y() - bar.value()
            assert abs(after - before + step) <= 1.5
        assert 0 <= share <= 1


@pytest.mark.parametrize("change", ["narrower", "larger", "darker"])
def test_one_reads_on_in_the_same_row(change: str, text: Transcript, loop: Any) -> None:
    text.show_entries(entries("First.", HOSTILE["words"], "Last."))
    bar = text.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    before = text.nearby.spot()
    assert before is not None
    if change == "narrower":
        text.resize(300, 400)
    elif change == "larger":
        text.set_spoken_size(22.0)
    else:
        transcript._restyle(text)
    after = text.nearby.spot()
    assert after is not None
    assert after.row + after.share == pytest.approx(before.row + before.share, abs=0.15)


def test_the_end_is_reached_at_once_and_followed(text: Transcript) -> None:
    said = entries("First.", HOSTILE["no space"])
    text.show_entries(said, to_end=True)
    bar = text.verticalScrollBar()
    work = Work(text.document())
    more = HOSTILE["no space"]
    for _ in range(30):
        more += "y" * 500

        def grow(now: str = more) -> None:
            text.grow(Entry("1", "Ada", 0, "base", "", now))

        assert work.of(grow) < 4 * LONGEST
        assert bar.value() == bar.maximum()
    assert text.script.rows(1)[-1].text().endswith("y" * 100)
    assert is_right(text)


def test_many_long_lines_leave_few_rows_behind_them(text: Transcript) -> None:
    text.show_entries(entries(*[HOSTILE["words"][:30_000]] * 12))
    for at in (11, 3, 8, 0, 5, 10, 1):
        text.choose(str(at))
        assert is_right(text)


def test_lanes_side_by_side_cut_a_text_once(shown: Any, monkeypatch: Any) -> None:
    from stage.ui.lanes import placed

    said, cut = entries("First.", HOSTILE["table"] + "sides"), []
    real = placed.pieces

    def counting(text: str) -> Any:
        cut.append(len(text))
        return real(text)

    monkeypatch.setattr(placed, "pieces", counting)
    for _ in range(4):
        shown(Transcript(), 200, 400).show_entries(said, to_end=True)
    assert [each for each in cut if each > 1_000] == [len(said[1].text)]
