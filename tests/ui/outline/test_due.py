from __future__ import annotations

from typing import Any

from stage.ui.outline.due import Due
from stage.ui.pacing.agenda import Agenda
from tests.ui.helpers import line


def test_lines_are_handed_on_one_in_a_turn_as_they_were_told_of_last(
    qtbot: Any, in_turns: None
) -> None:
    taken: list[str] = []
    due = Due(Agenda(), lambda each: taken.append(each.text))
    for id_, text in (("a", "One"), ("b", "Tw"), ("c", "Three"), ("b", "Two")):
        due.add(line(id_, "r", text))
    assert taken == ["One"]
    qtbot.waitUntil(lambda: len(taken) == 3, timeout=20_000)
    assert taken == ["One", "Three", "Two"]


def test_before_something_later_is_told_all_are_handed_on(qtbot: Any, in_turns: None) -> None:
    taken: list[str] = []
    due = Due(Agenda(), lambda each: taken.append(each.id))
    for id_ in "abc":
        due.add(line(id_, "r"))
    due.finish()
    assert taken == ["a", "b", "c"]


def test_what_nobody_wants_any_more_is_not_handed_on(qtbot: Any) -> None:
    taken: list[str] = []
    todo = Agenda()
    due = Due(todo, lambda each: taken.append(each.id))

    def change_of_mind() -> None:
        due.add(line("a", "r"))
        due.clear()

    todo.add(change_of_mind)
    assert taken == []
