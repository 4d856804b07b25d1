"""What an author writes about an entry is what the engine reads, and what SillyTavern wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stage.formats import lorebooks
from stage.kit.errors import BadInput
from stage.play.lore import Scan, fired, read_book
from stage.play.lore_entry import FIELDS, changes, fresh, rewritten, written

WORLD = {
    "uid": 7, "key": ["lamp"], "keysecondary": ["oil"], "comment": "The lamp", "content": "Out.",
    "constant": False, "selective": True, "selectiveLogic": 2, "order": 30, "position": 4,
    "depth": 2, "role": 1, "scanDepth": 6, "caseSensitive": True, "matchWholeWords": True,
    "disable": True, "probability": 100, "useProbability": True,
}  # fmt: skip


def read(entry: Any) -> Any:
    return read_book({"entries": [entry]}, "card")[0]


def test_what_world_info_says_is_shown_and_goes_back_as_it_came() -> None:
    (entry,) = lorebooks.read(
        json.dumps({"entries": {"0": WORLD}}).encode(), where="world.json"
    ).book["entries"]
    said = {field: written(entry, field) for field in FIELDS}
    assert said == {
        "name": "The lamp", "content": "Out.", "logic": 2, "place": "deep", "role": "user",
        "keys": "lamp", "second": "oil", "speakers": "", "constant": False, "enabled": False,
        "pattern": False, "exact": True, "whole": True, "order": "30", "priority": "",
        "depth": "2", "scan": "6",
    }  # fmt: skip
    made: Any = entry
    for field, value in said.items():
        made = rewritten(made, field, value)
    assert made == entry | {"position": made["position"]}, "nothing is another by writing it again"
    assert read(made) == read(entry)


def test_everything_that_is_written_is_what_the_engine_goes_by() -> None:
    entry: Any = fresh(3)
    for field, value in {
        "name": "Oil", "keys": "lamp, /o{1,2}il/i", "content": "It smells.", "second": "night",
        "logic": 1, "place": "deep", "depth": "0", "role": "assistant", "order": "-2",
        "priority": "5", "scan": "1", "exact": True, "whole": True, "pattern": False,
        "speakers": "Iris, Marlow", "constant": True, "enabled": False,
    }.items():  # fmt: skip
        before = json.dumps(entry)
        made = rewritten(entry, field, value)
        assert json.dumps(entry) == before, "it is never changed in place"
        entry = made
        assert written(entry, field) == value
    found = read(entry)
    assert (found.keys, found.second, found.logic) == (("lamp", "/o{1,2}il/i"), ("night",), 1)
    assert (found.depth, found.role, found.order, found.priority) == (0, "assistant", -2, 5)
    assert (found.scan, found.exact, found.whole) == (1, True, True)
    assert (found.speakers, found.constant, found.enabled) == (("Iris", "Marlow"), True, False)
    assert entry["extensions"]["role"] == 2, "as SillyTavern has it"
    back = rewritten(rewritten(entry, "place", "after"), "scan", "")
    assert (read(back).depth, read(back).position, read(back).scan) == (None, "after_char", 4)


def test_second_words_count_as_soon_as_there_are_some() -> None:
    entry = rewritten({"keys": ["lamp"], "content": "Out."}, "second", "oil")
    heard = Scan(("Iris",), [("Marlow", "The lamp.")])
    assert fired(read_book({"entries": [entry]}, "card"), heard) == []
    assert fired(read_book({"entries": [rewritten(entry, "logic", 2)]}, "card"), heard)
    idle = rewritten(entry, "logic", None)
    assert (written(idle, "logic"), written(idle, "second")) == (None, "oil")
    assert rewritten(entry, "second", "")["selective"] is False


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [("depth", "deep", "The depth 'deep' is no whole number"), ("order", "1e12", "is no number"),
     ("priority", "nan", "is no number"), ("scan", "10001", "lines are looked at, '10001'")],
)  # fmt: skip
def test_what_is_no_number_is_refused_in_words(field: str, value: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        rewritten(fresh(0), field, value)


def test_two_books_differ_by_entries() -> None:
    lamp, oil, door = ({"id": n, "name": f"n{n}", "content": "x"} for n in range(3))
    other = {**oil, "content": "y"}
    assert changes({"entries": [lamp, oil, door]}, {"entries": [lamp, other]}) == [
        ("n1", oil, other), ("n2", door, None),
    ]  # fmt: skip
    assert changes({"entries": [lamp]}, {"entries": {"0": lamp, "1": oil}}) == [("n1", None, oil)]
    assert changes(None, {"entries": []}) == []
