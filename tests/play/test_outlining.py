"""An outline that is told one change after another has the rows of the tree flattened anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from stage.play.line import Kind, Line
from stage.play.outline import ORDERS, Row, Show, stem_of
from stage.play.outlining import Outline
from stage.play.tree import Tree

PLAIN = Show()
LABELS = ("bookmark", "chapter", "collapse", "archive", "note", "rating")


def line(number: int, parent: str | None, **more: Any) -> Line:
    kind = Kind.SPEECH if parent else Kind.SCENE
    return Line(f"{number:04}", parent, "p", kind, None, "", order=number, **more)


def flattened(
    tree: Tree,
    show: Show = PLAIN,
    top: str = "",
    hits: frozenset[str] | None = None,
) -> list[str]:
    """The rows there should be, from the tree alone."""
    kept = {above.id for hit in hits or () for above in tree.path(hit)}
    root = tree.root
    assert root is not None
    start = top or root.id

    def out(each: Line) -> bool:
        gone = not show.hidden and (each.hidden or each.archived)
        return gone or (hits is not None and each.id not in kept)

    def rank(each: Line) -> Any:
        usual = each.position is None, each.position or 0, each.id
        first: dict[str, Any] = {"model": each.model or "\uffff", "rating": -(each.rating or 0)}
        return (first.get(show.order, 0), *usual)

    def own(each: Line, siblings: int) -> bool:
        marked = each.bookmarked or each.chapter or each.collapsed
        stands = not show.chains or marked or each.id == start or each.parent == root.id
        return bool(stands or siblings > 1 or (hits is not None and each.id in hits))

    def walk(each: Line, siblings: int) -> Iterator[str]:
        if each.id != root.id and own(each, siblings):
            yield each.id
        if each.collapsed and hits is None:
            return
        inside = [one for one in tree.children(each.id, hidden=True) if not out(one)]
        for one in sorted(inside, key=rank):
            yield from walk(one, len(inside))

    return list(walk(tree[start], 1))


class Machine(RuleBasedStateMachine):
    """A play is changed in every way there is, and the outline is told."""

    @initialize()
    def plant(self) -> None:
        self.outline, self.at = Outline(), 0
        self.tree = Tree([line(0, None)])
        self.outline.put(stem_of(self.tree["0000"]))
        self.show, self.top, self.hits = Show(), "", None
        self.seen: list[int] = []
        self.outline.touched = self.seen.append

    def ids(self) -> list[str]:
        return [each.id for each in self.tree]

    def tell(self, new: Line) -> None:
        self.tree.add(new)
        self.outline.put(stem_of(new))

    @rule(under=st.integers(0), model=st.sampled_from([None, "base", "chat"]))
    def grow(self, under: int, model: str | None) -> None:
        ids = self.ids()
        self.at += 1
        near = ids[-1 - under % min(len(ids), 4)] if under % 3 else ids[under % len(ids)]
        self.tell(line(self.at, near, model=model))

    @rule(which=st.integers(0), hidden=st.booleans())
    def hide(self, which: int, hidden: bool) -> None:
        found = self.tree[self.ids()[which % len(self.ids())]]
        if found.parent is not None:
            self.tell(replace(found, hidden=hidden))

    @rule(which=st.integers(0), name=st.sampled_from(LABELS), value=st.integers(0, 5))
    def mark(self, which: int, name: str, value: int) -> None:
        found = self.tree[self.ids()[which % len(self.ids())]]
        labels = {key: each for key, each in found.labels.items() if key != name}
        if found.parent is not None:
            self.tell(replace(found, labels={**labels, name: value} if value else labels))

    @rule(which=st.integers(0), to=st.integers(0), position=st.sampled_from([None, 1.0, 2.0, 0.5]))
    def move(self, which: int, to: int, position: float | None) -> None:
        ids = self.ids()
        found, target = self.tree[ids[which % len(ids)]], ids[to % len(ids)]
        if found.parent is not None and not self.tree.is_under(target, found.id):
            self.tell(replace(found, parent=target, position=position))

    @rule(which=st.integers(0))
    def drop(self, which: int) -> None:
        ids = self.ids()
        found = self.tree[ids[which % len(ids)]]
        if found.parent is None or self.tree.children(found.id, hidden=True):
            return
        self.tree.remove(found.id)
        self.outline.drop(found.id)
        if found.id == self.top or (self.hits and found.id in self.hits):
            self.look(Show(), -1, [])

    @rule(
        show=st.builds(Show, st.booleans(), st.booleans(), st.sampled_from(ORDERS)),
        top=st.integers(-3),
        hits=st.one_of(st.none(), st.lists(st.integers(0), max_size=4)),
    )
    def look(self, show: Show, top: int, hits: list[int] | None) -> None:
        ids = self.ids()
        self.show, self.top = show, ids[top % len(ids)] if top > 0 else ""
        self.hits = frozenset(ids[each % len(ids)] for each in hits) if hits else None
        self.outline.look(show, self.top, self.hits)
        self.outline.renew([row for page in self.outline.pages() for row in page])

    def filter_anew(self) -> None:
        """Lines told after a filter are hits of the next one only."""
        if self.hits is not None:
            self.hits = frozenset(each for each in self.hits if each in self.tree)
            self.outline.look(self.show, self.top, self.hits)
            self.outline.renew([row for page in self.outline.pages() for row in page])

    @invariant()
    def the_rows_are_those_of_the_tree(self) -> None:
        self.filter_anew()
        wanted = flattened(self.tree, self.show, self.top, self.hits)
        assert [row.stem.id for row in self.outline.rows] == wanted

    @invariant()
    def every_line_is_counted_once(self) -> None:
        self.filter_anew()
        outline = self.outline
        top = outline.get(self.top) or outline.root
        assert top is not None
        if self.hits is None:
            shown = outline.under(top) + (top is not outline.root)
            assert sum(map(outline.count, outline.rows)) == shown
        for at, row in enumerate(outline.rows):
            assert all(outline.index(each.stem.id) == at for each in outline.members(row))

    @invariant()
    def depths_count_branch_points(self) -> None:
        memo: dict[Row, tuple[int, tuple[bool, ...]]] = {}
        for row in self.outline.rows:
            depth, bars = self.outline.bars(row, memo)
            assert len(bars) == min(depth, 12)


TestOutline = Machine.TestCase
TestOutline.settings = settings(max_examples=120, stateful_step_count=25, deadline=None)


def outline(*lines: Line) -> tuple[Outline, list[tuple[int, int, int]]]:
    """An outline, and what is spliced from now on: (at, gone, come)."""
    made, done = Outline(), list[tuple[int, int, int]]()
    for each in lines:
        made.put(stem_of(each))

    def splice(at: int, gone: int, rows: list[Row]) -> None:
        done.append((at, gone, len(rows)))
        made.place(at, gone, rows)

    made.splice = splice
    return made, done


def test_a_new_sibling_is_one_row_more() -> None:
    lines = [line(0, None), line(1, "0000"), line(2, "0001"), line(3, "0001"), line(4, "0002")]
    made, done = outline(*lines)
    assert [row.stem.id for row in made.rows] == ["0001", "0002", "0003"]
    made.put(stem_of(line(5, "0001")))
    made.put(stem_of(line(6, "0004")))  # goes on: no row
    assert done == [(3, 0, 1)]
    assert [made.count(row) for row in made.rows] == [1, 3, 1, 1]


def test_children_told_before_their_parent_find_it() -> None:
    made, _ = outline(line(0, None), line(2, "0001"), line(1, "0000"))
    assert [(row.stem.id, made.count(row)) for row in made.rows] == [("0001", 2)]


def test_a_branch_taken_away_and_given_back_is_one_splice_each() -> None:
    lines = [line(0, None), *(line(at, "0000") for at in (1, 2, 3))]
    made, done = outline(*lines, *(line(at, "0002") for at in range(4, 54)))
    made.put(stem_of(replace(lines[2], hidden=True)))
    made.put(stem_of(lines[2]))
    made.put(stem_of(replace(lines[2], labels={"collapse": True})))
    assert done == [(1, 51, 0), (1, 0, 51), (2, 50, 0)]
    assert made.count(made.rows[1]) == 51


def test_a_child_taken_away_while_hidden_ones_are_shown() -> None:
    made, _ = outline(*(line(at, above) for at, above in ((0, None), (1, "0000"), (2, "0001"))))
    made.look(Show(hidden=True))
    made.renew([row for page in made.pages() for row in page])
    made.put(stem_of(line(3, "0001")))
    assert len(made.rows) == 3
    made.drop("0003")
    assert [row.stem.id for row in made.rows] == ["0001"]
