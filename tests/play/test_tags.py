"""What tags keep out of sight, and what a play knows of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.line import Kind, Line
from stage.play.tags import MODES, SCOPES, Tag, cut, known
from stage.play.tree import Tree

FAMILY = {"0": None, "1": "0", "2": "1", "3": "1", "4": "0"}  # 0 -> 1 -> 2, 3; 0 -> 4


def tree(
    tags: dict[str, list[tuple[str, str]]] | None = None,
    parents: dict[str, str | None] = FAMILY,
    deleted: str = "",
) -> Tree:
    """A tree with (scope, mode) of the tags that are put on lines."""
    return Tree(
        Line(
            id_,
            parent,
            "p",
            Kind.SPEECH if parent else Kind.SCENE,
            None,
            "",
            hidden=id_ in deleted,
            order=int(id_),
            labels={
                f"tag:{at}": {"scope": scope, "mode": mode}
                for at, (scope, mode) in enumerate((tags or {}).get(id_, ()))
            },
        )
        for id_, parent in parents.items()
    )


def in_sight(tree: Tree) -> set[str]:
    """Lines that are neither cut nor under one that is; deleted ones are not looked at."""
    away = cut(tree)
    kept = [each.id for each in tree if not any(up.hidden for up in tree.path(each.id))]
    return {each for each in kept if away.isdisjoint(line.id for line in tree.path(each))}


@pytest.mark.parametrize(
    ("line", "scope", "mode", "seen"),
    [
        ("1", "node", "mark", "01234"),
        ("2", "node", "hide", "0134"),
        ("1", "node", "hide", "04"),  # what stands under it goes with it
        ("1", "subtree", "hide", "04"),
        ("2", "path", "hide", "0134"),  # 1 leads to 3
        ("4", "path", "hide", "0123"),
        ("2", "node", "only", "012"),
        ("1", "node", "only", "01"),
        ("1", "subtree", "only", "0123"),
        ("2", "path", "only", "012"),
    ],
)
def test_what_one_tag_leaves_in_sight(line: str, scope: str, mode: str, seen: str) -> None:
    assert in_sight(tree({line: [(scope, mode)]})) == set(seen)


def test_a_path_goes_as_far_up_as_nothing_else_stands_there() -> None:
    both = {"2": [("path", "hide")], "3": [("path", "hide")]}
    assert in_sight(tree(both)) == {"0", "4"}
    assert in_sight(tree({"2": [("path", "hide")]}, deleted="3")) == {"0", "4"}


def test_hiding_comes_before_showing() -> None:
    assert in_sight(tree({"1": [("subtree", "only")], "2": [("node", "hide")]})) == {"0", "1", "3"}
    assert in_sight(tree({"1": [("node", "hide")], "2": [("node", "only")]})) == {"0"}


def test_tags_in_the_bin_do_nothing() -> None:
    assert in_sight(tree({"2": [("node", "only")]}, deleted="1")) == {"0", "4"}


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    count = draw(st.integers(1, 9))
    parents: dict[str, str | None] = {"0": None}
    for at in range(1, count + 1):
        parents[str(at)] = str(draw(st.integers(0, at - 1)))
    put = st.lists(st.tuples(st.sampled_from(SCOPES), st.sampled_from(MODES)), max_size=2)
    tags = draw(st.dictionaries(st.sampled_from(sorted(parents)), put, max_size=4))
    return tree(tags, parents, draw(st.text("123456789", max_size=2)))


@given(trees())
def test_the_same_as_said_of_every_line_by_itself(tree: Tree) -> None:
    """The slow way: sets of all lines that a tag reaches."""
    lines = [each.id for each in tree if not any(up.hidden for up in tree.path(each.id))]
    above = {each: {up.id for up in tree.path(each)} for each in lines}
    under = {each: {low for low in lines if each in above[low]} for each in lines}

    def put(mode: str) -> list[tuple[str, str]]:
        return [
            (each, value["scope"])
            for each in lines
            if each != "0"
            for value in tree[each].tags.values()
            if value["mode"] == mode
        ]

    hidden = {low for each, _ in put("hide") for low in under[each]}
    climbing = True
    while climbing:
        more = {
            up
            for each, scope in put("hide")
            if scope == "path"
            for up in above[each] - hidden - {"0"}
            if under[up] - {up} <= hidden
        }
        hidden |= more
        climbing = bool(more)
    seen = {*lines} - hidden
    if put("only"):
        wanted = set()
        for each, scope in put("only"):
            reach = under[each] if scope == "subtree" else {each}
            wanted |= reach - hidden
        seen = {up for each in wanted for up in above[each]} | {"0"}
    assert in_sight(tree) == seen


def test_what_a_play_knows_of_its_tags() -> None:
    hot = Tag("hot", "subtree", "hide", "red", "3")
    labels = {"tag:hot": hot.to_json(), "tag:odd": {"scope": "all", "key": 7}, "note": "x"}
    assert known(labels) == {"hot": hot, "odd": Tag("odd")}
