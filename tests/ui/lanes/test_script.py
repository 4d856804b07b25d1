from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from stage.ui.dress.tokens import LIGHT
from stage.ui.lanes import script as scripts
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.placed import Placed
from stage.ui.lanes.plain import GOES_ON
from stage.ui.lanes.script import Script, grown
from stage.ui.lanes.verbatim import LONGEST, pieces


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


HOSTILE = {
    "no space": "x" * 200_000,
    "brackets": "[" * 20_000 + "]" * 20_000,
    "bidi": "abc \u202edef\u202c \u2067ghi\u2069 " * 4_000,
    "astral": "\U0001f469\u200d\U0001f466" * 9_000,
    "rows": "a\n" * 9_000,
    "words": "some words and \x1b[31m <b>tags</b>\n" * 2_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_growing_costs_what_is_new_and_ends_as_if_written_at_once(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = 0
    real = scripts.pieces

    def counting(text: str) -> list[tuple[str, bool]]:
        nonlocal cut
        cut += len(text)
        return real(text)

    monkeypatch.setattr(scripts, "pieces", counting)
    text, step = HOSTILE[name], 700
    made = script(entry(0, "Before."), entry(1, ""))
    cut, appends = 0, 0
    for end in range(step, len(text) + step, step):
        assert made.grow(entry(1, text[:end]))
        appends += 1
    assert cut <= appends * (step + 2 * LONGEST)
    assert whole(made) == whole(script(entry(0, "Before."), entry(1, text)))


def test_a_text_that_did_not_grow_is_cut_anew() -> None:
    placed = Placed(entry(1, "ab\ncd"), 0, pieces("ab\ncd"))
    assert grown(placed, "ab\nc") == pieces("ab\nc")
    assert grown(placed, "xy") == pieces("xy")


@given(st.data())
def test_many_are_lifted_in_held_and_changed_in_any_order(data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scripts, "FIRST", 3)
        made, wanted = script(), [entry(at, f"Line {at}.\nAnd more.") for at in range(9)]
        for _ in range(6):
            step = data.draw(st.sampled_from(("show", "lift", "hold", "cut", "more", "mark")))
            at = data.draw(st.integers(0, 8))
            if step == "lift" and made.above:
                made.lift(1 + at % len(made.above))
            elif step == "hold" and at < len(made.placed):
                made.hold(at)
            elif step == "cut":
                wanted = [*wanted[:at], *wanted[at + 1 :]]
            elif step == "more":
                wanted = [*wanted, *(entry(100 * len(wanted) + n, "New.") for n in range(at))]
            elif step == "mark" and at < len(wanted):
                wanted = [*wanted[:at], replace(wanted[at], mark="noted"), *wanted[at + 1 :]]
            made.show(wanted)
            assert [*made.above, *(each.entry for each in made.placed)] == wanted
            below = [each.entry for each in made.placed]
            patch.setattr(scripts, "FIRST", 1000)
            assert whole(made) == whole(script(*below))
            assert [made.header(n).text()[:3] for n in range(len(below))] == ["Ada"] * len(below)
            patch.setattr(scripts, "FIRST", 3)


def test_a_mark_in_the_middle_leaves_the_others_written() -> None:
    lines = [entry(at, "Words.") for at in range(200)]
    made = script(*lines)
    made.lift(len(made.above))
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
    made.lift(4)
    assert whole(made) == whole(script(*shown))
