"""What every format keeps to."""

from __future__ import annotations

import contextlib
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.formats import FORMATS
from stage.formats.format import Source
from stage.kit.errors import BadInput


@pytest.mark.parametrize("name", FORMATS.names)
def test_each_format_says_what_it_is(name: str, small: Source) -> None:
    entry = FORMATS[name]
    assert entry.id == name
    assert entry.title
    assert entry.suffix.startswith(".")
    assert 0.0 <= entry.sniff(b"hello") < 0.5
    if entry.write is None:
        assert entry.read or entry.find
        return
    text = "".join(entry.write(small))
    assert text.endswith("\n")
    text.encode("utf-8")


@pytest.mark.parametrize("name", FORMATS.names)
def test_each_format_bears_an_empty_play(name: str, play) -> None:  # type: ignore[no-untyped-def]
    from stage.play.tree import Tree

    empty = Source("p", play().scene, Tree([]))
    entry = FORMATS[name]
    if entry.write is not None:
        "".join(entry.write(empty))


def test_a_path_goes_to_the_leaf_or_the_one_last_visited(small: Source) -> None:
    assert [line.id for line in small.path()] == ["a", "b", "d", "e"]
    small.tree.select("c")
    assert [line.id for line in small.path()] == ["a", "c"]
    chosen = Source("p", small.scene, small.tree, leaf="d")
    assert [line.id for line in chosen.path()] == ["a", "b", "d"]


def test_a_walk_goes_the_path_every_branch_or_one_subtree(small: Source) -> None:
    from dataclasses import replace

    assert [(line.id, new) for line, new in small.walk()] == [(each, False) for each in "abde"]
    whole = replace(small, whole=True)
    assert [(line.id, new) for line, new in whole.walk()] == [
        ("a", False), ("b", False), ("d", False), ("e", False), ("c", True),
    ]  # fmt: skip
    assert [line.id for line, _ in replace(whole, top="b").walk()] == ["b", "d", "e"]


def test_content_says_which_format_a_file_is() -> None:
    from stage.formats import recognised

    known = {
        b'{"format":"stage","version":1}': "stage",
        b'{"current": "a", "nodes": {"a": {"text": "", "parentId": null}}}': "loomsidian",
        b'{"root": {"text": "a", "children": []}}': "pyloom",
        b'[{"text": "a", "children": []}]': "pyloom",
        b'{"id": "a", "text": "b", "parent_id": null}\n': "pyloom",
        b'{"text": 1}': None,
        b"Once upon a time": None,
        b"": None,
    }
    for data, name in known.items():
        found = recognised(data)
        assert (found.id if found else None) == name


KEYS = st.sampled_from(
    "nodes state text value parentId id children root stage kind speaker author current meta "
    "source generation model_responses masked_head tail_id parent_id chapters title".split()
)
ODD = st.recursive(
    st.none() | st.integers(0, 3) | st.sampled_from(["", "a", "b", "scene"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=15,
)


@pytest.mark.parametrize("name", [name for name in FORMATS.names if FORMATS[name].find])
@given(value=ODD)
def test_any_json_is_a_tree_or_bad_input(name: str, value: object) -> None:
    find = FORMATS[name].find
    assert find is not None
    with contextlib.suppress(BadInput):
        for found in find(io.BytesIO(json.dumps(value).encode())):
            found.scene()
