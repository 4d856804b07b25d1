from __future__ import annotations

from typing import Any

from stage.ui.dress import theme
from stage.ui.members.differing import MarkedText, by_rows, by_words


def test_words_that_went_and_came_are_in_brackets_not_in_colour_alone() -> None:
    made = by_words([("description", "You keep the lamp well.", "You keep the boat well.")])
    assert made.text == "description\nYou keep the [−lamp−] well.\nYou keep the [+boat+] well."
    assert [made.text[a:b] for a, b, _ in made.marks] == ["[−lamp−]", "[+boat+]"]
    assert by_words([("tags", "", "sea")]).text == "tags\n[+sea+]"


def test_rows_of_a_diff_stand_out_but_for_its_head() -> None:
    made = by_rows(["--- Ada", "+++ Bo", " same", "-Ada:", "+Bo:"])
    assert [(made.text[a:b], kind) for a, b, kind in made.marks] == [
        ("-Ada:", "out"), ("+Bo:", "in"),
    ]  # fmt: skip


def test_places_are_those_of_qt_and_tints_follow_the_scheme(shown: Any, qapp: Any) -> None:
    plain = shown(MarkedText("x", None), 300, 100)
    plain.show_marked(by_words([("😀", "one", "two")]))
    (first, second) = plain.extraSelections()
    assert first.cursor.selectedText() == "[−one−]"
    assert second.cursor.selectedText() == "[+two+]"
    light = second.format.background().color()
    theme.apply(qapp, "dark")
    assert plain.extraSelections()[1].format.background().color() != light
    theme.apply(qapp, "light")
