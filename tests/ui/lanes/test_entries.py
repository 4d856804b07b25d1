"""Entries are made a few at a time, and again only where something changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.ui.lanes import entries
from stage.ui.lanes.entries import Entries
from stage.ui.lanes.entry import entry
from tests.ui.helpers import line, play


def test_a_path_as_entries() -> None:
    of = play()
    made = Entries().of(of, of.path("c"), {"c": "9 tok/s"})
    assert [each.name for each in made] == ["Ada", "Ben", "Ada"]
    assert [(each.at, each.of) for each in made] == [(1, 1), (2, 3), (1, 1)]
    assert [each.chip for each in made] == ["stage-base", "stage-chat", "stage-base"]
    assert made[2].pace == "9 tok/s"
    assert made[0].colour != made[1].colour


def test_only_what_changed_is_made_again() -> None:
    of, made = play(), Entries()
    first = made.of(of, of.path("c"))
    again = made.of(of, of.path("c"))
    assert [one is other for one, other in zip(first, again, strict=True)] == [True] * 3
    of.tree.add(replace(of.tree["b2"], text="Changed."))
    of.tree.add(line("b4", "a", order=9))
    third = made.of(of, of.path("c"), {"c": "9 tok/s"})
    assert third[0] is first[0]
    assert (third[1].text, third[1].of) == ("Changed.", 4)
    assert third[2].pace == "9 tok/s"
    made.forget()
    assert made.of(of, of.path("c"))[0] is not first[0]


def test_of_a_play_that_is_new_the_last_lines_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MOST", 1)
    of, made = play(), Entries()
    path = of.path("c")
    assert [each.id for each in made.of(of, path)] == ["c"]
    assert [each.id for each in made.of(of, path)] == ["b2", "c"]
    assert [each.id for each in made.of(of, path)] == ["a", "b2", "c"]
    made.forget()
    assert len(made.of(of, path)) == 3  # once all were shown nothing goes
    assert len(Entries().of(of, path, wanted=["a", "elsewhere"])) == 3


def test_of_many_that_are_shown_a_few_are_made_anew_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of, made = play(), Entries()
    path = of.path("c")
    first = made.of(of, path)
    monkeypatch.setattr(entries, "MOST", 1)
    made.forget()
    changed = list[list[bool]]()
    behind = []
    for _ in range(3):
        now = made.of(of, path)
        behind.append(made.behind)
        changed.append([one is not other for one, other in zip(first, now, strict=True)])
    assert changed == [[False, False, True], [False, True, True], [True, True, True]]
    assert behind == [True, True, False], "after the last one nothing is looked at again"
    assert made.of(of, path) == now
    of.tree.add(replace(of.tree["c"], text="Changed."))
    made.of(of, of.path("c"))
    assert not made.behind, "those above it are as they were"


@given(st.data())
def test_whatever_happens_in_the_end_they_are_as_if_made_at_once(data: st.DataObject) -> None:
    of, made, new = play(), Entries(), count(10)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "MOST", 2)
        for _ in range(6):
            leaf = data.draw(st.sampled_from([each.id for each in of.tree]))
            step = data.draw(st.sampled_from(("go", "add", "say", "mark", "forget", "wait")))
            if step == "add":
                at = next(new)
                of.tree.add(line(f"n{at}", leaf, "New.", order=at))
                leaf = f"n{at}"
            elif step in ("say", "mark") and leaf != "r":
                changed = {"text": "Other words."} if step == "say" else {"hidden": True}
                of.tree.add(replace(of.tree[leaf], **changed))
            elif step == "forget":
                made.forget()
            path, pace = of.path(leaf), {leaf: "9 tok/s"}
            wanted = data.draw(st.sampled_from(["", *(each.id for each in path)]))
            shown = made.of(of, path, pace, [wanted])
            assert wanted in ["", *(each.id for each in shown)]
            assert [each.id for each in shown] == [each.id for each in path][-len(shown) :]
            if step == "wait":
                continue
            for _ in range(len(path)):
                shown = made.of(of, path, pace)
            assert shown == [entry(of, each, pace.get(each.id, ""), another=True) for each in path]
            assert not made.behind


def test_of_a_path_that_grows_only_the_new_ones_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    of, made, told = play(), Entries(), list[str]()
    made.of(of, of.path("c"))
    monkeypatch.setattr(entries, "entry", lambda play, line, *_, **__: told.append(line.id))
    of.tree.add(line("d", "c", order=9))
    made.of(of, of.path("d"))
    assert told == ["d"]


def test_round_what_is_wanted_all_is_told_at_once_and_what_is_between_by_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entries, "MOST", 20)
    lines = [line(f"l{at}", f"l{at - 1}" if at else "r", f"Line {at}.", order=at)
             for at in range(300)]  # fmt: skip
    of, made = play(*lines), Entries()
    path = of.path("l299")
    shown = made.of(of, path, {}, ["l100"])
    assert [each.id for each in shown][:11] == [f"l{at}" for at in range(90, 101)]
    assert len(shown) == 210
    assert [each.text for each in shown] == [each.text for each in path[90:]]
    whole = [each.name == "Ada" for each in shown]
    assert all(whole[: entries.OVER + entries.UNDER])
    assert whole.count(True) < 80, "no more than is read now"
    assert made.behind
    while made.behind or len(shown) < len(path):
        shown = made.of(of, path, {}, ["l100"])
    assert shown == [entry(of, each, another=True) for each in path]
