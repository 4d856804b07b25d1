"""Trees of other programs, put in order; what cannot be kept is counted."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.formats import loomsidian, pyloom
from stage.formats.neutral import Found, Losses, Node, label_of, ordered, text_of
from stage.kit.errors import BadInput


@given(st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9)), max_size=12))
def test_any_nodes_become_a_forest_with_parents_first(rows: list[tuple[int, int | None]]) -> None:
    given_ = {
        str(id_): Node(str(id_), None if parent is None else str(parent), "")
        for id_, parent in rows
    }
    losses = Losses()
    made = ordered(given_.values(), losses)
    seen: set[str | None] = {None}
    for node in made:
        assert node.parent in seen
        seen.add(node.id)
    assert {node.id for node in made} == set(given_)
    moved = [node for node in made if node.parent != given_[node.id].parent]
    assert len(moved) == sum(loss.count for loss in losses.rows())


def test_a_long_chain_is_no_matter() -> None:
    chain = [Node(str(n), str(n - 1) if n else None, "") for n in range(50_000)]
    assert list(ordered(reversed(chain), Losses())) == chain


def test_names_become_labels_and_members() -> None:
    assert label_of("a:b [c]\n" + "x" * 60) == ("a b c " + "x" * 60)[:40]
    assert label_of(" : ") == "Text"
    nodes = (Node("1", None, "", "Iris"), Node("2", "1", "", "IRIS"), Node("3", "2", "", None))
    scene, members = Found(" A\n tree ", nodes).scene()
    assert [member.label for member in scene.cast] == ["Iris", "Text"]
    assert members["Iris"] == members["IRIS"] != members["Text"]
    assert scene.title == "A tree"
    assert Found("", ()).scene()[0].title == "Imported"


def test_a_text_is_a_text_of_some_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stage.formats.neutral.TEXT", 2)
    assert text_of("ab", "x") == "ab"
    for bad in ("abc", None, 3):
        with pytest.raises(BadInput):
            text_of(bad, "x")


def test_a_tree_of_too_many_nodes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for form in (loomsidian, pyloom):
        monkeypatch.setattr(form, "NODES", 3)
    nodes = {str(n): {"text": "x", "parentId": None} for n in range(4)}
    with pytest.raises(BadInput, match="more than 3"):
        list(loomsidian.find(io.BytesIO(json.dumps({"current": None, "nodes": nodes}).encode())))
    nested = {"text": "", "children": [{"text": "x"}] * 4}
    with pytest.raises(BadInput, match="more than 3"):
        list(pyloom.find(io.BytesIO(json.dumps(nested).encode())))
