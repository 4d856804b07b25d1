"""Lorebooks: every rule of activation, and hostile books."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.lore import PATIENCE, Scan, fired, read_book, read_note

LINES = [("Ada", "The sea is calm."), ("Bo", "I saw a SHIP."), ("Ada", "Which one?")]


def keys(*entries: dict[str, Any], names: tuple[str, ...] = ("Ada",), **book: Any) -> list[str]:
    """The keys that fire, in the order the entries are told in."""
    filled = [{"content": f"text {n}", **each} for n, each in enumerate(entries)]
    found = fired(read_book({"entries": filled, **book}, "card"), Scan(names, LINES))
    return [each.key for each in found]


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ({"keys": ["ship"]}, "ship"),
        ({"keys": ["whale", "sea"]}, "sea"),
        ({"keys": ["whale"]}, None),
        ({"keys": ["ship"], "case_sensitive": True}, None),
        ({"keys": ["SHIP"], "case_sensitive": True}, "SHIP"),
        ({"keys": ["shi"], "extensions": {"match_whole_words": True}}, None),
        ({"keys": ["ship"], "enabled": False}, None),
        ({"keys": ["whale"], "constant": True}, "constant"),
        ({"keys": ["ship"], "content": "@@dont_activate\nx"}, None),
        ({"keys": [], "content": "@@activate\nx"}, "@@activate"),
        ({"keys": ["ship"], "content": "@@activate\n@@dont_activate\nx"}, None),
        ({"keys": [], "content": "@@additional_keys whale, ship\nx"}, "ship"),
        ({"keys": ["ship"], "content": "@@exclude_keys calm\nx"}, None),
        ({"keys": ["calm"], "content": "@@scan_depth 1\nx"}, None),
        ({"keys": ["which"], "content": "@@scan_depth 1\nx"}, "which"),
        ({"keys": ["which"], "extensions": {"scan_depth": 0}}, None),
        ({"keys": [r"sh.p\."], "use_regex": True}, r"sh.p\."),
        ({"keys": ["/SHIP/"]}, "/SHIP/"),
        ({"keys": ["/ship/"]}, None),
        ({"keys": ["/ship/i"]}, "/ship/i"),
        ({"keys": ["\x01Bo: .*ship"], "use_regex": True}, "\x01Bo: .*ship"),
        ({"keys": ["\x01Ada: .*ship"], "use_regex": True}, None),
        ({"keys": ["(unclosed"], "use_regex": True}, None),
        ({"keys": ["x" * 2000], "use_regex": True}, None),
        ({"keys": ["ship"], "extensions": {"stage/speakers": ["ada"]}}, "ship"),
        ({"keys": ["ship"], "extensions": {"stage/speakers": ["Bo"]}}, None),
        (
            {"keys": ["ship"],
             "extensions": {"character_filter": {"names": ["Ada"], "isExclude": True}}},
            None,
        ),
        ({"keys": ["ship"], "content": "   "}, None),
    ],
)  # fmt: skip
def test_what_fires_an_entry(entry: dict[str, Any], key: str | None) -> None:
    assert keys(entry) == ([] if key is None else [key])


@pytest.mark.parametrize(
    ("logic", "second", "fires"),
    [
        (0, ["calm", "whale"], True), (0, ["whale"], False),
        (1, ["calm", "whale"], True), (1, ["calm", "sea"], False),
        (2, ["whale"], True), (2, ["calm", "whale"], False),
        (3, ["calm", "sea"], True), (3, ["calm", "whale"], False),
        (None, ["calm"], True), (None, ["whale"], False), (9, ["calm"], True),
    ],
)  # fmt: skip
def test_second_keys_follow_their_logic(logic: int | None, second: list[str], fires: bool) -> None:
    entry: dict[str, Any] = {"keys": ["ship"], "secondary_keys": second, "selective": True}
    if logic is not None:
        entry["extensions"] = {"selectiveLogic": logic}
    assert bool(keys(entry)) is fires
    assert keys({**entry, "selective": False}) == ["ship"]


def test_only_the_last_lines_are_looked_at() -> None:
    assert keys({"keys": ["calm"]}, scan_depth=2) == []
    assert keys({"keys": ["ship"]}, scan_depth=2) == ["ship"]


def test_entries_are_told_in_ascending_order_and_once() -> None:
    two = {"keys": ["ship"], "insertion_order": 5, "content": "same"}
    one = {"keys": ["sea"], "insertion_order": 1}
    assert keys(two, one, two) == ["sea", "ship"]


def test_a_card_s_own_entry_beats_one_of_the_play() -> None:
    own = read_book({"entries": [{"keys": ["ship"], "content": "mine", "name": "ship"}]}, "card")
    play = read_book(
        {"entries": [{"keys": ["ship"], "content": "ours", "name": "ship"},
                     {"keys": ["sea"], "content": "other"}]},
        "play",
    )  # fmt: skip
    found = fired([*play, *own], Scan(("Ada",), LINES))
    assert sorted(each.entry.content for each in found) == ["mine", "other"]


def test_decorators_are_read_and_those_not_run_are_named() -> None:
    book = {"entries": [{"content": "@@depth 2\n@@role assistant\n@@position after_desc\n"
                         "@@probability 5\n@@@scan_depth 9\n@@@unknown\nThe text."}]}  # fmt: skip
    (entry,) = read_book(book, "card")
    assert (entry.depth, entry.role, entry.position) == (2, "assistant", "after_char")
    assert (entry.scan, entry.content, entry.idle) == (9, "The text.", ("probability",))


def test_a_slow_pattern_does_not_match_and_stops_in_time() -> None:
    began = time.monotonic()
    scan = Scan(("Ada",), [("Bo", "a" * 5000 + "b")])
    book = {"entries": [{"keys": ["(a|aa)+$", "(a*)*c"], "use_regex": True, "content": "x"}]}
    assert fired(read_book(book, "card"), scan) == []
    assert time.monotonic() - began < 100 * PATIENCE  # it would take centuries


@pytest.mark.parametrize(
    "book",
    [None, 5, [], {}, {"entries": 5}, {"entries": "text"}, {"entries": [None, 5, {}]},
     {"entries": [{"content": 5}]}, {"entries": {"0": {"content": "x", "keys": 5}}}],
)  # fmt: skip
def test_what_is_no_book_is_none(book: Any) -> None:
    assert [each.keys for each in read_book(book, "card")] in ([], [()])


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
NAMES = st.sampled_from(
    ["keys", "secondary_keys", "selective", "priority", "insertion_order", "position", "extensions",
     "use_regex", "constant", "enabled", "name", "comment", "id"]
)  # fmt: skip


@given(
    st.dictionaries(NAMES, VALUES | st.lists(VALUES, max_size=2), max_size=6), st.text(max_size=30)
)
def test_any_entry_is_read_and_looked_for(entry: dict[str, Any], content: str) -> None:
    book = {"entries": [{**entry, "content": content}], "scan_depth": entry.get("priority")}
    assert len(fired(read_book(book, "card"), Scan(("Ada",), LINES))) <= 1


def test_an_entry_at_depth_as_sillytavern_writes_it() -> None:
    given = {"keys": ["a"], "content": "x", "extensions": {"position": 4, "depth": 2, "role": 2}}
    (entry,) = read_book({"entries": [given]}, "card")
    assert (entry.depth, entry.role) == (2, "assistant")
    given["extensions"] = {"position": 1, "depth": 2, "role": 7}
    (entry,) = read_book({"entries": [given]}, "card")
    assert (entry.depth, entry.role) == (None, "system")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"prompt": " Be brief. ", "depth": 3, "role": "user"}, ("Be brief.", 3, "user")),
        ({"prompt": "Be brief."}, ("Be brief.", 4, "system")),
        ({"prompt": "x", "depth": "2", "role": 2}, ("x", 2, "assistant")),
        ({"prompt": "  ", "depth": 3}, None),
        ({"prompt": 7}, None),
        ("Be brief.", None),
    ],
)
def test_a_note_among_the_last_lines(given: object, found: object) -> None:
    note = read_note(given)
    assert (note and (note.content, note.depth, note.role)) == found
