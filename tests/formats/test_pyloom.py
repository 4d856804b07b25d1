"""pyloom: nesting gives the parents, zipped chains are unzipped, losses are told."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.formats import pyloom
from stage.formats.neutral import Found
from stage.kit.errors import BadInput


def found(value: Any) -> Found:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    (tree,) = pyloom.find(io.BytesIO(data))
    return tree


def texts(tree: Found) -> list[tuple[str, str | None]]:
    by_id = {node.id: node.text for node in tree.nodes}
    return [(node.text, by_id.get(str(node.parent))) for node in tree.nodes]


def test_a_whole_file() -> None:
    state = {
        "root": {
            "id": "r", "text": "", "mutable": False, "open": True, "children": [
                {"id": "a", "text": "Once", "meta": {"source": "prompt"}, "children": [
                    {"id": "b", "text": " upon", "generation": {"id": "g", "index": 0},
                     "meta": {"source": "AI"}, "children": [], "tags": ["x"]},
                    {"id": "c", "text": " more", "meta": {"source": "mixed"}, "template": True},
                ]},
            ],
        },
        "model_responses": {"g": {"id": "g", "model": "davinci"}},
        "selected_node_id": "b",
        "chapters": {"1": {"root_id": "a", "title": "A story"}},
        "memories": {"m": 1},
    }  # fmt: skip
    tree = found(state)
    assert texts(tree) == [("Once", None), (" upon", "Once"), (" more", "Once")]
    assert [node.speaker for node in tree.nodes] == [None, "davinci", "AI"]
    assert (tree.title, tree.at) == ("A story", "b")
    assert {loss.code for loss in tree.losses} == {"key", "mixed", "template", "state"}


def test_the_short_forms_and_the_flat_one() -> None:
    short = {"text": "a", "children": [{"text": "b", "children": []}, {"text": "c"}]}
    assert texts(found(short)) == [("a", None), ("b", "a"), ("c", "a")]
    assert texts(found([short, {"text": "d"}]))[-1] == ("d", None)
    rows = [{"id": "1", "text": "a", "parent_id": None}, {"id": "2", "text": "b",
                                                          "parent_id": "1"}]  # fmt: skip
    flat = "\n".join(json.dumps(row) for row in rows) + "\n\n"
    assert texts(found(flat.encode())) == [("a", None), ("b", "a")]


@pytest.mark.parametrize("kept", [[], [{"id": "z", "text": "own"}]])
def test_a_zipped_chain_is_unzipped(kept: list[Any]) -> None:
    tail = {"id": "t", "text": "two", "children": kept}
    head = {"id": "h", "text": "one", "children": [tail]}
    after = [{"id": "x", "text": "three"}]
    zipped = {"id": "q", "text": "onetwo", "masked_head": head, "tail_id": "t", "children": after}
    tree = found({"text": "a", "children": [zipped]})
    last = "own" if kept else "three"
    assert texts(tree) == [("a", None), ("one", "a"), ("two", "one"), (last, "two")]


TREES = st.recursive(
    st.builds(lambda text: {"text": text, "children": []}, st.text(max_size=5)),
    lambda inner: st.builds(
        lambda text, below: {"text": text, "children": below},
        st.text(max_size=5), st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)  # fmt: skip


@given(TREES)
def test_any_tree_keeps_text_parents_and_order(tree: dict[str, Any]) -> None:
    expected: list[str] = []
    waiting = [tree]
    while waiting:
        row = waiting.pop()
        expected.append(row["text"])
        waiting += reversed(row["children"])
    made = found(tree)
    assert [node.text for node in made.nodes] == expected
    assert made.losses == ()


def test_a_chain_of_50000_is_no_matter() -> None:
    data = b'{"text":"x","children":[' * 50_000 + b'{"text":"y"}' + b"]}" * 50_000
    assert len(found(data).nodes) == 50_001


@pytest.mark.parametrize(
    "value",
    [
        b"", 3, [3], {"text": 1}, {"root": 4}, {"text": "a", "children": 5},
        {"text": "a", "children": [[]]}, b'{"id":"a","parent_id":null}', b'{"parent_id":1}\n{',
    ],
)  # fmt: skip
def test_hostile_files_are_bad_input(value: Any) -> None:
    with pytest.raises(BadInput):
        found(value)


def test_odd_values_do_no_harm() -> None:
    odd = {"id": 5, "text": "a", "meta": 3, "generation": {"id": []}, "children": [
        {"id": "d", "text": "b"}, {"id": "d", "text": "c", "masked_head": 4}]}  # fmt: skip
    tree = found({"root": odd, "model_responses": [], "chapters": {"a": 1}, "selected_node_id": 2})
    assert [loss.code for loss in tree.losses if loss.code != "state"] == ["duplicate"]
    assert len(tree.nodes) == 3
