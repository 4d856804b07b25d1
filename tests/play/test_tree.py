"""The tree against a plain model of it; deep ones without recursion."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from stage.play.line import Kind, Line
from stage.play.tree import Tree


def line(number: int, parent: str | None, **more: object) -> Line:
    kind = Kind.SPEECH if parent else Kind.SCENE
    return Line(str(number), parent, "p", kind, None, f"text {number}", order=number, **more)  # type: ignore[arg-type]


class Machine(RuleBasedStateMachine):
    """A tree grows, hides, selects and drops live lines beside dictionaries that do the same."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = Tree([])
        self.lines: dict[str, Line] = {}
        self.selected: dict[str, str] = {}
        self.count = 0

    @initialize()
    def plant(self) -> None:
        self._add(replace(line(0, None), id="0000"))

    def _add(self, new: Line) -> None:
        self.count += 1
        self.lines[new.id] = new
        self.tree.add(new)

    def _any(self, dice: random.Random) -> str:
        return dice.choice(list(self.lines))

    @rule(dice=st.randoms(use_true_random=False))
    def grow(self, dice: random.Random) -> None:
        new = line(self.count, self._any(dice))
        self._add(replace(new, id=f"{self.count:04}"))  # ids rise with time

    @precondition(lambda self: len(self.lines) > 1)
    @rule(dice=st.randoms(use_true_random=False), hidden=st.booleans())
    def hide(self, dice: random.Random, hidden: bool) -> None:
        id_ = dice.choice(list(self.lines)[1:])
        self.lines[id_] = replace(self.lines[id_], hidden=hidden)
        self.tree.add(self.lines[id_])

    @rule(dice=st.randoms(use_true_random=False), text=st.text("ab", max_size=2))
    def say_otherwise(self, dice: random.Random, text: str) -> None:
        id_ = self._any(dice)
        self.lines[id_] = replace(self.lines[id_], text=text)
        self.tree.add(self.lines[id_])

    @rule(dice=st.randoms(use_true_random=False))
    def move(self, dice: random.Random) -> None:
        id_, above = self._any(dice), self._any(dice)
        if id_ not in self._path(above) and self.lines[id_].parent is not None:
            self.lines[id_] = replace(self.lines[id_], parent=above)
            self.tree.add(self.lines[id_])

    @rule(dice=st.randoms(use_true_random=False))
    def select(self, dice: random.Random) -> None:
        path = self._path(self._any(dice))
        turned = [(a, b) for a, b in pairwise(path) if self.selected.get(a) != b]
        assert self.tree.select(path[-1]) == turned
        self.selected.update(turned)

    @precondition(lambda self: len(self.lines) > 1)
    @rule()
    def drop_the_newest(self) -> None:
        id_ = list(self.lines)[-1]
        if any(each.parent == id_ for each in self.lines.values()):
            return  # only what nothing stands under goes
        self.tree.remove(id_)
        del self.lines[id_]

    def _path(self, id_: str) -> list[str]:
        path = [id_]
        while (parent := self.lines[path[0]].parent) is not None:
            path.insert(0, parent)
        return path

    def _children(self, id_: str) -> list[Line]:
        return [each for each in self.lines.values() if each.parent == id_ and not each.hidden]

    @invariant()
    def they_agree(self) -> None:
        assert list(self.tree) == list(self.lines.values())
        assert len(self.tree) == len(self.lines)
        for id_ in self.lines:
            assert id_ in self.tree
            assert self.tree[id_] == self.lines[id_]
            children = self._children(id_)
            assert self.tree.children(id_) == children
            wanted = self.selected.get(id_)
            chosen = [each for each in children if each.id == wanted] or children
            assert self.tree.selected(id_) == (chosen[0] if chosen else None)
            assert self.tree.path(id_) == [self.lines[each] for each in self._path(id_)]
            assert not self.tree.children(self.tree.leaf_under(id_).id)


TestMachine = Machine.TestCase


@given(st.lists(st.integers(0, 100), max_size=30), st.randoms(use_true_random=False))
def test_a_tree_is_the_same_whatever_the_order_of_its_lines(
    shape: list[int], dice: random.Random
) -> None:
    lines = [line(0, None)]
    for number, above in enumerate(shape, 1):
        lines.append(line(number, str(above % number)))
    mixed = dice.sample(lines, len(lines))
    one, two = Tree(lines), Tree(mixed)
    assert list(one) == list(two)
    assert [one.children(each.id) for each in one] == [two.children(each.id) for each in two]


def test_siblings_are_the_visible_ones() -> None:
    tree = Tree([line(0, None), line(1, "0"), line(2, "0", hidden=True), line(3, "0")])
    assert tree.siblings("1") == ["1", "3"]
    assert tree.siblings("0") == ["0"]
    assert [each.id for each in tree.children("0", hidden=True)] == ["1", "2", "3"]


def test_an_empty_tree_has_no_root_and_unknown_lines_are_told() -> None:
    tree = Tree([])
    assert tree.root is None
    assert "x" not in tree
    with pytest.raises(KeyError):
        tree.path("x")


def test_a_selection_of_a_hidden_child_shows_another() -> None:
    tree = Tree([line(0, None), line(1, "0"), line(2, "0", hidden=True)], {"0": "2"})
    chosen = tree.selected("0")
    assert chosen is not None
    assert chosen.id == "1"


def test_a_chain_of_100_000_lines_is_walked_without_recursion() -> None:
    lines = [line(0, None), *(line(n, str(n - 1)) for n in range(1, 100_000))]
    tree = Tree(lines)
    assert tree.leaf_under("0").id == "99999"
    assert len(tree.path("99999")) == 100_000
    assert len(tree.select("99999")) == 99_999


def test_lines_that_were_moved_and_placed_stand_where_they_were_put() -> None:
    tree = Tree([line(0, None), line(1, "3", moved=True), line(2, "0"), line(3, "0", position=1.0)])
    assert [each.id for each in tree.children("0")] == ["3", "2"]
    assert [each.id for each in tree.parents_first()] == ["0", "2", "3", "1"]
    assert [each.id for each in tree.subtree("0")] == ["0", "3", "1", "2"]
    assert tree.is_under("1", "3")
    assert not tree.is_under("2", "3")
    tree.add(line(1, "0"))
    assert [each.id for each in tree.children("0")] == ["3", "1", "2"]
    assert tree.children("3") == []


def test_labels_are_found_without_looking_at_other_lines() -> None:
    tree = Tree([line(0, None), line(1, "0", labels={"tag:a": {}, "note": "n"})])
    assert [each.id for each in tree.marked("tag")] == ["1"]
    tree.add(line(1, "0", labels={"note": "n"}))
    assert tree.marked("tag") == []
    assert [each.note for each in tree.marked("note")] == ["n"]


def test_a_child_can_be_turned_to_and_forgotten() -> None:
    tree = Tree([line(0, None), line(1, "0"), line(2, "0")])
    tree.turn("0", "2")
    assert tree.shown("0") == "2"
    tree.turn("0", None)
    assert tree.shown("0") is None


def test_many_lines_hold_one_string_for_each_id() -> None:
    tree = Tree([line(0, None)])
    for number in range(1, 4):
        tree.add(line(number, str(number - 1), model="".join(["ba", "se"])))
        tree.add(line(number, str(number - 1), model="".join(["ba", "se"]), generated=9))
    last, above = tree["3"], tree["2"]
    assert last.parent is above.id
    assert last.play is above.play
    assert last.model is above.model
    assert last.generated == 9
