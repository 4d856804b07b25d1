"""What is written costs what is new, and comes in and goes out at both ends."""

from __future__ import annotations

import pytest

from stage.ui.lanes import written
from stage.ui.lanes.placed import Placed
from stage.ui.lanes.verbatim import LONGEST, pieces
from stage.ui.lanes.written import grown
from tests.ui.lanes.test_script import entry, script, whole

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
    real = written.pieces

    def counting(text: str) -> list[tuple[str, bool]]:
        nonlocal cut
        cut += len(text)
        return real(text)

    monkeypatch.setattr(written, "pieces", counting)
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


def test_entries_come_in_and_go_out_at_both_ends() -> None:
    lines = [entry(at, f"Line {at}.") for at in range(6)]
    made = script(*lines)
    made.leave_above(2)
    made.leave_below(1)
    assert [each.entry.id for each in made.placed] == ["2", "3", "4"]
    assert [each.id for each in made.above + made.below] == ["0", "1", "5"]
    assert whole(made) == whole(script(*lines[2:5]))
    made.write_above(1)
    made.write_below(1)
    assert whole(made) == whole(script(*lines[1:]))
    assert made.entries == lines
