from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from stage.ui.dress.tokens import LIGHT
from stage.ui.lanes import script as scripts
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.plain import GOES_ON
from stage.ui.lanes.script import Script


def entry(at: int, text: str, **more: object) -> Entry:
    return replace(Entry(str(at), "Ada", 0, "stage-base", "", text), **more)  # type: ignore[arg-type]


def script(*entries: Entry) -> Script:
    made = Script(QTextDocument())
    made.style(LIGHT, 15.5)
    made.show(entries)
    return made


def whole(of: Script) -> list[tuple[str, int]]:
    """Every block: its text and its state; of long entries, too, everything."""
    for at, placed in enumerate(of.placed):
        of.frame(at, 0, len(placed.pieces))
    block, found = of.document.begin(), []
    while block.isValid():
        found.append((block.text(), block.userState()))
        block = block.next()
    return found


@given(st.lists(st.text(alphabet="ab \n\u2028\U0001f600", max_size=6), max_size=8))
def test_the_tail_is_the_full_render(parts: list[str]) -> None:
    before = entry(1, "Before.\nTwo rows.")
    grown = script(before, entry(2, ""))
    text = ""
    for piece in parts:
        text += piece
        grown.grow(entry(2, text))
    assert whole(grown) == whole(script(before, entry(2, text)))


def test_text_that_is_taken_back_at_the_end() -> None:
    made = script(entry(1, "I am\nMarl"))
    made.show([entry(1, "I am")])
    assert whole(made) == whole(script(entry(1, "I am")))


def test_equal_lines_at_the_start_are_not_written_again() -> None:
    made = script(entry(1, "One"), entry(2, "Two"), entry(3, "Three"))
    kept = made.placed[0]
    made.show([entry(1, "One", of=4), entry(5, "Five")])
    assert made.placed[0] is kept
    assert made.placed[0].entry.of == 4
    assert whole(made) == whole(script(entry(1, "One"), entry(5, "Five")))


def test_from_lines_to_none_and_back() -> None:
    made = script(entry(1, "One"), entry(2, "Two"))
    made.show([])
    assert made.document.toPlainText() == ""
    made.show([entry(3, "Three")])
    assert whole(made) == whole(script(entry(3, "Three")))


def test_blocks_are_found_by_line_and_lines_by_block() -> None:
    made = script(entry(1, "a\nb"), entry(2, "c"))
    assert [made.at_block(number) for number in range(5)] == [0, 0, 0, 1, 1]
    assert made.index("2") == 1
    assert made.index("none") == -1
    assert [block.text() for block in made.rows(0)] == ["a", "b"]
    assert made.header(1).text().startswith("Ada")


def test_a_long_row_goes_on_in_blocks() -> None:
    states = [state for _, state in whole(script(entry(1, "x" * 4500)))]
    assert states.count(GOES_ON) == 2


MOVES = ("show", "write above", "write below", "leave above", "leave below", "stand")
CHANGES = ("cut", "more", "mark", "run")


def moved(made: Script, step: str, at: int, reading: str) -> None:
    """Write or leave out some entries."""
    if step == "write above" and made.above:
        made.write_above(1 + at % len(made.above))
    elif step == "write below" and made.below:
        made.write_below(1 + at % len(made.below))
    elif step == "leave above" and at < len(made.placed):
        made.leave_above(at)
    elif step == "leave below" and at < len(made.placed):
        made.leave_below(at)
    elif step == "stand":
        there = made.shows(reading)
        made.stand(reading)
        assert not there or made.index(reading) >= 0


def changed(entries: list[Entry], step: str, at: int) -> list[Entry]:
    """Some entries after something has happened to them."""
    if step == "cut":
        return [*entries[:at], *entries[at + 1 :]]
    if step == "more":
        return [*entries, *(entry(100 * len(entries) + n, "New.") for n in range(at))]
    if step == "mark" and at < len(entries):
        return [*entries[:at], replace(entries[at], mark="noted"), *entries[at + 1 :]]
    if step == "run" and entries:
        return [*entries[:-1], replace(entries[-1], text=entries[-1].text + " on")]
    return entries


@given(st.data())
def test_many_are_written_left_out_and_changed_in_any_order(data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scripts, "FIRST", 3)
        made, wanted = script(), [entry(at, f"Line {at}.\nAnd more.") for at in range(9)]
        for _ in range(8):
            step = data.draw(st.sampled_from((*MOVES, *CHANGES)))
            at = data.draw(st.integers(0, 8))
            reading = data.draw(st.sampled_from(["", "elsewhere", *(each.id for each in wanted)]))
            moved(made, step, at, reading)
            wanted = changed(wanted, step, at)
            made.show(wanted, reading)
            assert [*made.above, *(each.entry for each in made.placed), *made.below] == wanted
            assert bool(made.placed) == bool(wanted)
            there = [each.entry for each in made.placed]
            patch.setattr(scripts, "FIRST", 1000)
            assert whole(made) == whole(script(*there))
            assert [made.header(n).text()[:3] for n in range(len(there))] == ["Ada"] * len(there)
            patch.setattr(scripts, "FIRST", 3)


def test_a_mark_in_the_middle_leaves_the_others_written() -> None:
    lines = [entry(at, "Words.") for at in range(200)]
    made = script(*lines)
    made.write_above(len(made.above))
    kept = [*made.placed]
    made.show([*lines[:7], replace(lines[7], mark="noted"), *lines[8:]])
    assert made.above == []
    assert [at for at in range(200) if made.placed[at] is not kept[at]] == [7]


def test_more_above_is_held_and_nothing_written_again() -> None:
    shown = [entry(at, f"Line {at}.") for at in range(6)]
    made = script(*shown[4:])
    before = made.document.revision()
    assert made.show(shown[2:]) == 2
    assert made.show(shown) == 2
    assert made.above == shown[:4]
    assert made.document.revision() == before
    made.write_above(4)
    assert whole(made) == whole(script(*shown))


def test_round_a_line_that_is_wanted_some_are_written_and_the_others_wait() -> None:
    lines = [entry(at, "Words.") for at in range(200)]
    made = script(*lines)
    made.stand("90")
    assert "90" in [each.entry.id for each in made.placed]
    assert len(made.placed) < 60
    made.show([*lines, entry(200, "New.")])
    assert made.below[-1].text == "New."
    assert "90" in [each.entry.id for each in made.placed]


def test_what_is_said_behind_those_that_wait_is_known_and_not_written() -> None:
    lines = [entry(at, "Words.") for at in range(200)]
    made = script(*lines)
    made.stand("90")
    before = made.document.revision()
    assert made.grow(replace(lines[-1], text="Words that go on."))
    assert made.newest is not None
    assert made.newest.text == "Words that go on."
    assert made.document.revision() == before


def test_a_mark_in_the_window_leaves_it_where_it_is() -> None:
    lines = [entry(at, "Words.") for at in range(200)]
    made = script(*lines)
    made.stand("90")
    kept = [*made.placed]
    at = made.index("92")
    made.show([*lines[:92], replace(lines[92], mark="noted"), *lines[93:]], "90")
    assert [n for n, each in enumerate(made.placed) if each is not kept[n]] == [at]
