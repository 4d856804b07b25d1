"""A tree that knows a part of what is stored, against one that knows all of it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
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


@pytest.mark.parametrize("seed", range(30))
def test_it_answers_like_a_whole_one_whatever_is_asked_and_done(seed: int) -> None:
    dice = random.Random(seed)
    whole = wild(200, dice)
    tree = Tree(stored=Shelf(whole))
    count = 200
    for _ in range(150):
        one = f"{dice.randrange(count):05}"
        match dice.randrange(12):
            case 0:
                assert tree.path(one) == whole.path(one)
            case 1:
                assert tree.children(one) == whole.children(one)
            case 2:
                assert tree.leaf_under(one) == whole.leaf_under(one)
            case 3:
                assert [*tree.subtree(one)] == [*whole.subtree(one)]
            case 4:
                assert tree.siblings(one) == whole.siblings(one)
            case 5:
                assert {*tree.marked("note")} == {*whole.marked("note")}
            case 6:
                path = [each.id for each in whole.path(one)]
                turned = [way for way in pairwise(path) if whole.shown(way[0]) != way[1]]
                assert tree.select(one) == turned
                whole.select(one)
            case 7:
                assert tree.shown(one) == whole.shown(one)
                assert len(tree) == len(whole)
            case 8:
                new = line(count, int(one))
                whole.add(new)
                tree.add(new)
                count += 1
            case 9:
                new = replace(whole[one], hidden=not whole[one].hidden)
                whole.add(new)
                tree.add(new)
            case 10 if one != "00000":
                to = f"{dice.randrange(count):05}"
                if not whole.is_under(to, one):
                    new = replace(whole[one], parent=to, position=dice.choice((None, 1.5)))
                    whole.add(new)
                    tree.add(new)
            case 11:
                tree.learn(Shelf(whole).families([one]))
    assert [*tree] == [*whole]
    assert [*tree.parents_first()] == [*whole.parents_first()]


def test_opening_reads_the_path_and_siblings_of_its_end_only() -> None:
    lines = [line(0, None), *(line(n, n - 1) for n in range(1, 300))]
    lines += [line(n, n - 300) for n in range(300, 500)]
    shelf = Shelf(Tree(lines))
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
