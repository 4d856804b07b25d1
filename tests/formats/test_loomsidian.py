"""Loomsidian both ways: text, parents and order come back; hostile files are BadInput."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.formats import loomsidian
from stage.formats.format import Source
from stage.formats.neutral import Found
from stage.kit.errors import BadInput
from stage.play.line import Kind, Line
from stage.play.tree import Tree
from tests.store.chain import LENGTH

TEXTS = st.sampled_from(["", " ", "\\<b", "a\r\nb", "Iris: hi", "\u05d0\U0001f600", "\\[x"])


def found(value: Any) -> Found:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    (tree,) = loomsidian.find(io.BytesIO(data))
    return tree


def node(text: str, parent: str | None, **more: Any) -> dict[str, Any]:
    return {"text": text, "parentId": parent, **more}


def shape(source: Source) -> list[tuple[str, int | None, str | None, Kind]]:
    """Text, the place of the parent, speaker and kind of each line, in a form without ids."""
    chosen = [line for line, _ in source.walk()]
    places = {line.id: number for number, line in enumerate(chosen)}
    label = source.scene.cast.label
    return [
        (line.text, places.get(str(line.parent)), label(line.speaker), line.kind) for line in chosen
    ]


def shape_of(tree: Found) -> list[tuple[str, int | None, str | None, Kind]]:
    places = {each.id: number for number, each in enumerate(tree.nodes)}
    return [
        (each.text, places.get(str(each.parent)), each.speaker, each.kind) for each in tree.nodes
    ]


def written(source: Source) -> dict[str, Any]:
    return json.loads("".join(loomsidian.write(source)))


def test_a_small_play_goes_out_and_comes_in(small: Source) -> None:
    whole = Source("p", small.scene, small.tree, whole=True)
    state = written(whole)
    assert set(state) == {"current", "hoisted", "searchTerm", "generating", "nodes"}
    assert state["nodes"][state["current"]]["text"] == "I know."
    first = next(iter(state["nodes"].values()))
    assert (first["text"], first["parentId"], first["author"]) == ("Hello.", None, "N/A")
    tree = found(state)
    assert shape_of(tree) == shape(whole)
    assert tree.at == state["current"]
    assert {loss.code for loss in tree.losses} == {"model"}
    path = written(Source("p", small.scene, small.tree, leaf="c"))
    assert [each["text"] for each in path["nodes"].values()] == ["Hello.", "Second."]


@given(st.lists(st.tuples(st.integers(0, 9), TEXTS), max_size=12))
def test_any_tree_comes_back(rows: list[tuple[int, str]]) -> None:
    from stage.play.scene import read_scene
    from tests.formats.conftest import SCENE

    lines = [Line("root", None, "p", Kind.SCENE, None, "")]
    for order, (above, text) in enumerate(rows, 1):
        parent = lines[above % len(lines)].id
        lines.append(Line(str(order), parent, "p", Kind.SPEECH, "ada", text, order=order))
    scene = read_scene(SCENE, where="test", find=lambda name: pytest.fail(name))
    source = Source("p", scene, Tree(lines), whole=True)
    tree = found(written(source))
    assert shape_of(tree) == shape(source)
    assert tree.losses == ()


def test_a_very_long_chain_goes_both_ways(play: Callable[..., Source]) -> None:
    rows = [(str(n), str(n - 1) if n else "root", "x", {}) for n in range(LENGTH)]
    tree = found("".join(loomsidian.write(play(*rows, whole=True))).encode())
    assert len(tree.nodes) == LENGTH


def test_a_real_state_is_read_and_losses_are_told() -> None:
    state = {
        "current": "b", "hoisted": [], "searchTerm": "", "generating": None, "theme": 1,
        "nodes": {
            "a": node("One \\<b> \\[c]", None, author="genesis", bookmarked=True, lastVisited=3),
            "b": node("Two", "a", author="gpt-4: base", collapsed=False, unread=False),
            "c": {"value": "Three", "parentId": "z", "searchResultState": None, "odd": 1},
        },
    }  # fmt: skip
    tree = found(state)
    assert shape_of(tree) == [
        ("One <b> [c]", None, None, Kind.NARRATION),
        ("Two", 0, "gpt-4: base", Kind.NARRATION),
        ("Three", None, None, Kind.NARRATION),
    ]
    assert {loss.code for loss in tree.losses} == {"escape", "key", "state", "orphan"}
    assert tree.at == "b"


def test_a_vault_and_lists_and_doubled_ids() -> None:
    vault = {"settings": {}, "state": {
        "x/One.md": {"nodes": [node("a", None, id="1"), node("b", "1", id="1")]},
        "Two.md": {"nodes": {}},
    }}  # fmt: skip
    one, two = loomsidian.find(io.BytesIO(json.dumps(vault).encode()))
    assert [each.text for each in one.nodes] == ["a", "b"]
    assert (one.title, two.title) == ("One", "Two")
    assert [loss.code for loss in one.losses] == ["duplicate"]


@pytest.mark.parametrize(
    "value",
    [
        b"x", [], {}, {"nodes": 3}, {"nodes": {"a": 1}}, {"nodes": [{}]}, {"nodes": {"a": {}}},
        {"nodes": {"a": {"text": 5}}}, {"state": {"x": 1}}, {"nodes": [node("a", None, id=4)]},
    ],
)  # fmt: skip
def test_hostile_files_are_bad_input(value: Any) -> None:
    with pytest.raises(BadInput):
        found(value)


def test_odd_values_do_no_harm() -> None:
    odd = node("a", 7, stage={"kind": [1], "speaker": {"x": 1}}, author={"y": []})  # type: ignore[arg-type]
    cycle = {"a": odd, "b": node("b", "c"), "c": node("c", "b")}
    tree = found({"nodes": cycle, "current": {"z": 1}})
    assert [each.id for each in tree.nodes] == ["a", "b", "c"]
    tree.scene()
