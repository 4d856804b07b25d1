"""Lorebooks by themselves: SillyTavern's world info, and books as specified for V3."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.formats import cards, lorebooks, recognised
from stage.kit.errors import BadInput
from stage.play.lore import Scan, fired, read_book

LAMP = {
    "uid": 0, "key": ["lamp", "/light\\w*/i"], "keysecondary": ["oil"], "comment": "The lamp",
    "content": "It burns whale oil.", "constant": False, "selective": True, "selectiveLogic": 0,
    "order": 100, "position": 1, "disable": False, "addMemo": True, "probability": 100,
    "useProbability": True, "depth": 4, "caseSensitive": None,
}  # fmt: skip
DEEP = {**LAMP, "uid": 1, "key": ["fog"], "content": "Fog hides all.", "selective": False,
        "keysecondary": [], "comment": "", "position": 4, "depth": 2, "role": 1}  # fmt: skip
OFF = {**DEEP, "uid": 2, "content": "Never.", "disable": True, "probability": 30, "group": "x"}


def world(*entries: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"entries": {str(each["uid"]): each for each in entries}, **more}).encode()


def test_world_info_becomes_a_book_that_fires_as_it_did_there() -> None:
    found = lorebooks.read(world(LAMP, DEEP, OFF, name="Harbour"), where="x")
    assert found.name == "Harbour"
    assert found.idle == ("chances of entries", "groups of entries")
    lamp, deep, off = read_book(found.book, "play")
    assert (lamp.name, lamp.order, lamp.position, lamp.depth) == (
        "The lamp",
        100,
        "after_char",
        None,
    )
    assert (deep.depth, deep.role, off.enabled) == (2, "user", False)

    def told(text: str) -> list[str]:
        return [each.entry.content for each in fired((lamp, deep, off), Scan((), (("A", text),)))]

    assert told("The lamp burns oil.") == ["It burns whale oil."]
    assert told("The lamp.") == [], "its second word is not there"
    assert told("LIGHTS and oil, in the fog") == ["It burns whale oil.", "Fog hides all."]


def test_nothing_of_an_entry_is_lost() -> None:
    (entry,) = lorebooks.read(
        world({**LAMP, "extensions": {"a/b": 1}, "odd": [1]}), where="x"
    ).book["entries"]
    assert entry["extensions"]["a/b"] == 1
    assert entry["extensions"]["stage/world"] == {"addMemo": True, "odd": [1]}
    assert entry["extensions"]["probability"] == 100


def test_a_book_of_the_specification_stays_as_it_is() -> None:
    book = {"name": "B", "scan_depth": 3, "entries": [{"keys": ["a"], "content": "b", "x": 1}]}
    data = json.dumps({"spec": "lorebook_v3", "data": book}).encode()
    assert lorebooks.sniff(data) == 1.0
    assert lorebooks.read(data, where="x").book == book


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "JSON"),
        (b"[]", "no lorebook"),
        (b"{}", "no list of entries"),
        (b'{"entries": 3}', "no list of entries"),
        (b'{"entries": {"0": 3}}', "no list of entries"),
        (b'{"entries": {"0": {"key": []}}}', "tell nothing"),
        (b'{"entries": NaN}', "JSON"),
        (b'{"spec": "lorebook_v3", "data": []}', "no list of entries"),
        (b"[" * 100_000, "JSON"),
        (b'{"entries": [' + b'{"content": ""},' * lorebooks.MOST + b'{"content": ""}]}', "split"),
        (b" " * (lorebooks.LARGEST + 1), "larger"),
    ],
)
def test_what_is_none_is_refused_in_words(data: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        lorebooks.read(data, where="x")


@given(
    st.recursive(
        st.none() | st.integers(0, 3) | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["entries", "key", "content", "data", "spec"]), inner)
        ),
        max_leaves=12,
    )
)
def test_any_json_is_a_book_or_bad_input(value: object) -> None:
    with suppress(BadInput):
        read_book(lorebooks.read(json.dumps(value).encode(), where="x").book, "play")


def test_it_is_taken_for_nothing_else_and_nothing_else_for_it() -> None:
    for data in (world(LAMP), world(LAMP).replace(b'"entries"', b'"name": "x", "entries"')):
        assert lorebooks.sniff(data) >= 0.5
        assert cards.sniff(data) < 0.5
        assert recognised(data) is None
    book = {"entries": [{"keys": ["a"], "content": "b"}]}
    card = {"spec": "chara_card_v2", "data": {"name": "A", "character_book": book}}
    assert cards.sniff(json.dumps(card).encode()) == 1.0
    for other in (b"", b"{}", b'{"root": {"text": "\\"entries\\": {"}}', b'"entries": {'):
        assert lorebooks.sniff(other) < 0.5
