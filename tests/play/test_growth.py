"""A tree that knows a part of what is stored, against one that knows all of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from stage.play.growth import Family, Node
from stage.play.line import Kind, Line, Status
from stage.play.tree import Tree


class Shelf:
    """What is stored: a whole tree, and a record of what was asked for."""

    def __init__(self, whole: Tree) -> None:
        self.whole = whole
        self.asked: list[str] = []
        self.read: set[str] = set()

    def census(self) -> tuple[int, int]:
        return len(self.whole), max(line.order for line in self.whole)

    def above(self, line: str) -> Sequence[str]:
        self.asked.append("above")
        return [each.id for each in self.whole.path(line)[::-1]] if line in self.whole else []

    def below(self, line: str) -> Sequence[str]:
        self.asked.append("below")
        leaf = self.whole.leaf_under(line).id
        ids = [each.id for each in self.whole.path(leaf)]
        return ids[ids.index(line) :]

    def under(self, line: str) -> Sequence[str]:
        self.asked.append("under")
        return [each.id for each in self.whole.subtree(line, hidden=True)]

    def families(self, parents: Sequence[str | None]) -> Iterable[Family]:
        self.asked.append("families")
        for parent in parents:
            row = [self.whole.root] if parent is None else self.whole.children(parent, hidden=True)
            nodes = [Node(each.id, each.parent, each.position, each.hidden) for each in row if each]
            yield Family(parent, random.Random(1).sample(nodes, len(nodes)))

    def shown(self, parents: Sequence[str]) -> Mapping[str, str]:
        found = {each: self.whole.shown(each) for each in parents}
        return {each: child for each, child in found.items() if child is not None}

    def lines(self, ids: Sequence[str]) -> Iterable[Line]:
        self.read |= set(ids)
        return [self.whole[each] for each in ids if each in self.whole]

    def marked(self, kind: str) -> Sequence[str]:
        return [each.id for each in self.whole.marked(kind)]


def line(number: int, parent: int | None, **more: object) -> Line:
    above = None if parent is None else f"{parent:05}"
    kind = Kind.SCENE if parent is None else Kind.SPEECH
    return Line(f"{number:05}", above, "p", kind, None, "x", order=number + 1, **more)  # type: ignore[arg-type]


def wild(count: int, dice: random.Random) -> Tree:
    """A tree with hidden, placed, moved and labelled lines, some of them visited."""
    lines = [line(0, None)]
    for number in range(1, count):
        above = number - 1 if dice.random() < 0.6 else dice.randrange(number)
        place = float(dice.randrange(9)) if dice.random() < 0.2 else None
        labels = {"note": "n"} if dice.random() < 0.1 else {}
        hidden = dice.random() < 0.15
        lines.append(line(number, above, position=place, labels=labels, hidden=hidden))
    tree = Tree(lines)
    for _ in range(count // 10):
        tree.select(f"{dice.randrange(count):05}")
    return tree


class Pair:
    """A tree that knows all, one that need not, and what can be asked of and done to both."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.whole = wild(200, self.dice)
        self.tree = Tree(stored=Shelf(self.whole))

    def any(self) -> str:
        return f"{self.dice.randrange(len(self.whole)):05}"

    def ask(self, one: str) -> None:
        tree, whole = self.tree, self.whole
        ask: Callable[[Tree], object] = self.dice.choice((
            lambda each: each.path(one),
            lambda each: each.children(one),
            lambda each: each.leaf_under(one),
            lambda each: [*each.subtree(one)],
            lambda each: each.siblings(one),
            lambda each: each.beside(one),
            lambda each: {*each.marked("note")},
            lambda each: each.shown(one),
            len,
        ))  # fmt: skip
        assert ask(tree) == ask(whole)

    def select(self, one: str) -> None:
        path = [each.id for each in self.whole.path(one)]
        turned = [way for way in pairwise(path) if self.whole.shown(way[0]) != way[1]]
        assert self.tree.select(one) == turned
        self.whole.select(one)

    def grow(self, one: str) -> None:
        self.put(line(len(self.whole), int(one)))

    def hide(self, one: str) -> None:
        self.put(replace(self.whole[one], hidden=not self.whole[one].hidden))

    def move(self, one: str) -> None:
        to = self.any()
        if not self.whole.is_under(to, one):
            place = self.dice.choice((None, 1.5))
            self.put(replace(self.whole[one], parent=to, position=place))

    def learn(self, one: str) -> None:
        self.tree.learn(Shelf(self.whole).families([one]))

    def put(self, new: Line) -> None:
        self.whole.add(new)  # stored first, told afterwards
        self.tree.add(new)


@pytest.mark.parametrize("seed", range(30))
def test_it_answers_like_a_whole_one_whatever_is_asked_and_done(seed: int) -> None:
    pair = Pair(seed)
    steps = (*[pair.ask] * 6, pair.select, pair.grow, pair.hide, pair.move, pair.learn)
    for _ in range(150):
        pair.dice.choice(steps)(pair.any())
    assert [*pair.tree] == [*pair.whole]
    assert [*pair.tree.parents_first()] == [*pair.whole.parents_first()]


def test_opening_reads_the_path_and_siblings_of_its_end_only() -> None:
    lines = [line(0, None), *(line(n, n - 1) for n in range(1, 300))]
    lines += [line(n, n - 300) for n in range(300, 500)]
    shelf = Shelf(Tree([replace(each, model="base") for each in lines]))
    tree = Tree(stored=shelf)
    leaf = tree.leaf_under("00000")
    assert leaf.id == "00299"
    assert len(tree.path(leaf.id)) == 300
    assert shelf.read == {f"{n:05}" for n in range(300)}
    assert tree.place("00150") == (1, 1)
    assert len(tree.lacking(leaf.id)) == 300 - 64
    tree.learn(shelf.families(tree.lacking(leaf.id)))
    assert tree.place("00150") == (1, 2)
    assert not tree.lacking(leaf.id)
    shelf.asked.clear()
    assert tree.leaf_under("00000").id == "00299"
    assert not shelf.asked


def test_a_path_that_was_learned_is_walked_without_asking() -> None:
    whole = Tree([line(0, None), *(line(n, n - 1) for n in range(1, 50)), line(50, 1)])
    shelf = Shelf(whole)
    tree = Tree(stored=shelf)
    assert not tree.reaches("00050")
    assert not tree.reaches("nobody")
    tree.learn(shelf.families(["00001"]), shelf.lines(["00000", "00001", "00050"]))
    shelf.asked.clear()
    shelf.read.clear()
    assert tree.reaches("00050")
    assert [each.id for each in tree.path("00050")] == ["00000", "00001", "00050"]
    assert tree.siblings("00050") == ["00002", "00050"]
    assert not shelf.asked
    assert not shelf.read


def test_a_running_line_stands_among_those_that_are_stored() -> None:
    shelf = Shelf(Tree([line(0, None), line(1, 0), line(2, 1), line(3, 1)]))
    tree = Tree(stored=shelf)
    live = replace(line(4, 1, status=Status.RUNNING), order=0)
    tree.add(live)
    assert tree.siblings(live.id) == ["00002", "00003", "00004"]
    assert (len(tree), tree.children(live.id), [*tree][-1]) == (5, [], live)
    tree.remove(live.id)
    assert (len(tree), tree.siblings("00002")) == (4, ["00002", "00003"])
    assert "00009" not in tree
    with pytest.raises(KeyError):
        tree.path("00009")


def test_what_stands_beside_a_long_path_is_asked_for_at_once() -> None:
    chain = [line(0, None), *(line(number, number - 1) for number in range(1, 500))]
    others = [line(number + 500, number, hidden=number % 2 == 0) for number in range(0, 499, 7)]
    shelf = Shelf(Tree([*chain, *others]))
    tree = Tree(stored=shelf)
    tree.path("00499")
    shelf.asked.clear()
    assert tree.beside("00499") == others
    assert shelf.asked == ["families"]


def test_whether_a_line_stands_under_another_is_asked_for_in_one_go() -> None:
    whole = Tree([line(number, None if not number else number - 1) for number in range(300)])
    shelf = Shelf(whole)
    tree = Tree(stored=shelf)
    assert tree.is_under("00299", "00001")
    assert not tree.is_under("00100", "00200")
    assert shelf.asked.count("above") == 1, "what was learned is walked"
    before = tree.path("00299")
    assert not tree.is_under("00200", "00299")
    assert tree.path("00299") == before


def test_what_stands_beside_a_typed_line_is_lacking_until_it_was_asked_for_once() -> None:
    typed = replace(line(3, 1), model=None)
    shelf = Shelf(Tree([line(0, None), line(1, 0), line(2, 1), typed, line(4, 3)]))
    tree = Tree(stored=shelf)
    leaf = "00004"
    tree.path(leaf)
    assert tree.at_hand("00002") is None
    assert (tree.lacking(leaf), tree.unread(tree.path(leaf))) == (["00001"], ["00002"])
    tree.learn_lines(["00002"], [])  # it is not there after all
    assert (tree.lacking(leaf), tree.unread(tree.path(leaf))) == ([], [])
    tree.learn_lines(["00002"], shelf.lines(["00002"]))
    assert tree.at_hand("00002")
    lines = [line(0, None), line(1, 0), line(2, 1), replace(typed, model="base")]
    said = Tree(stored=Shelf(Tree(lines)))
    said.path("00003")
    assert (said.lacking("00003"), said.unread(said.path("00003"))) == ([], []), (
        "a model said it: no matter"
    )
