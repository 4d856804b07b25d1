"""A log written anew: numbers from 1, labels named by their events, nothing untyped."""

from __future__ import annotations

import pytest

from stage.store.care import relog


def test_events_are_numbered_and_a_label_names_its_own_once() -> None:
    log = relog.Log("p", 5.0)
    log.event("line", "a", None)
    log.label("a", "note", "", "words")
    log.label("a", "note", "", "others")
    events = [row for row in log.rows if row["type"] == "event"]
    (label,) = [row for row in log.rows if row["type"] == "label"]
    assert [row["seq"] for row in events] == [1, 2]
    assert (label["event"], label["value"]) == (2, '"words"')


def test_numbers_of_another_library_become_the_play_s_own() -> None:
    tail = [
        {"type": "event", "seq": 7, "undoes": None}, {"type": "event", "seq": 9, "undoes": 7},
        {"type": "label", "event": 9}, {"type": "place"},
    ]  # fmt: skip
    relog.number(tail)
    assert tail[:3] == [
        {"type": "event", "seq": 1, "undoes": None}, {"type": "event", "seq": 2, "undoes": 1},
        {"type": "label", "event": 2},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("note", '"x"', "x"), ("note", "5", None), ("note", "{", None), ("hidden", None, True),
        ("spell", '"x"', None), ("rating", "3", 3),
    ],
)  # fmt: skip
def test_a_label_has_a_value_of_its_kind_or_none(
    kind: str, text: str | None, found: object
) -> None:
    assert relog.value({"kind": kind, "name": "", "value": text}) == found


@pytest.mark.parametrize(
    ("line", "parent", "position", "fits"),
    [
        ("b", "root", 1.0, True), ("a", "b", 1.0, False), ("a", "a", 1.0, False),
        ("root", "a", 1.0, False), ("b", "gone", 1.0, False), ("b", "root", "x", False),
    ],
)  # fmt: skip
def test_a_line_never_comes_to_stand_under_itself(
    line: str, parent: str, position: object, fits: bool
) -> None:
    above = {"root": None, "a": "root", "b": "a"}
    assert relog.fits({"line": line, "parent": parent, "position": position}, above) == fits
