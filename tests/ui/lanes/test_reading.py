from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QFont, QTextLayout

from stage.ui.hints import READ
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.reading import MOST
from stage.ui.lanes.transcript import Transcript


def entry(text: str) -> Entry:
    return Entry(id="a", name="Ada", colour=0, chip="base", mark="", text=text)


def ranges(text: Transcript, row: int = 1) -> list[QTextLayout.FormatRange]:
    return text.document().findBlockByNumber(row).layout().formats()


def read(shown: Any, said: str, qtbot: Any) -> Transcript:
    text: Transcript = shown(Transcript(), 500, 300)
    text.show_entries([entry(said)])
    text.read(True)
    qtbot.waitUntil(lambda: text._reading is not None, timeout=20_000)
    text._reading.rehighlight()  # type: ignore[union-attr]
    return text


@pytest.mark.parametrize(
    ("said", "words", "what"),
    [
        ("He *nods* twice.", "nods", "italic"),
        ("He _nods_ twice.", "nods", "italic"),
        ("**Never** say that.", "Never", "bold"),
        ("Call `stop()` now.", "stop()", "mono"),
        ("\U0001f469 *sees*", "sees", "italic"),
    ],
)
def test_marks_stay_and_words_are_set(
    shown: Any, qtbot: Any, said: str, words: str, what: str
) -> None:
    text = read(shown, said, qtbot)
    block = text.document().findBlockByNumber(1)
    assert block.text() == said, "nothing is taken away"
    units = block.text().encode("utf-16-le")
    for part in ranges(text):
        cut = units[2 * part.start : 2 * (part.start + part.length)].decode("utf-16-le")
        if cut == words:
            form = part.format
            found = {
                "italic": form.fontItalic(),
                "bold": form.fontWeight() == QFont.Weight.Bold,
                "mono": form.font().styleHint() == QFont.StyleHint.Monospace,
            }
            assert found[what]
            return
    raise AssertionError(f"{words!r} is not set apart")


@pytest.mark.parametrize("said", ["snake_case_name", "2 * 3 * 4", "an open *star", "``", "**"])
def test_what_is_no_markdown_is_left_alone(shown: Any, qtbot: Any, said: str) -> None:
    assert not ranges(read(shown, said, qtbot))


def test_names_over_lines_are_not_read(shown: Any, qtbot: Any) -> None:
    text: Transcript = shown(Transcript(), 500, 300)
    made = Entry(id="a", name="*Ada*", colour=0, chip="base", mark="", text="Plain.")
    text.show_entries([made])
    text.read(True)
    text._reading.rehighlight()  # type: ignore[union-attr]
    assert not ranges(text, 0)


def test_verbatim_again_is_as_before_and_growth_is_read(shown: Any, qtbot: Any) -> None:
    text = read(shown, "He *nods", qtbot)
    assert not ranges(text)
    text.grow(entry("He *nods* and"))
    assert ranges(text)
    text.read(False)
    assert not ranges(text)


def test_a_row_of_very_many_marks_stays_as_it_was_said_and_is_told_of(
    shown: Any, qtbot: Any
) -> None:
    assert ranges(read(shown, "**a** " * MOST, qtbot))
    for text in ("**a** " * (MOST + 1), "`a` " * 20_000, "**a" * 20_000):
        assert not ranges(read(shown, text, qtbot))
    assert str(MOST) in READ


def test_another_scheme_and_size_set_the_same_marks_anew(shown: Any, qtbot: Any) -> None:
    text = read(shown, "A `word` *now*.", qtbot)
    before = [(each.start, each.length, each.format.font().pointSizeF()) for each in ranges(text)]
    text.set_spoken_size(30)
    qtbot.waitUntil(lambda: bool(ranges(text)), timeout=20_000)
    after = [(each.start, each.length, each.format.font().pointSizeF()) for each in ranges(text)]
    assert [each[:2] for each in after] == [each[:2] for each in before]
    assert after != before
