from __future__ import annotations

from array import array
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stage.engine.worker.radix import Radix, common

paths = st.lists(st.integers(0, 2), max_size=12)


@given(paths, paths)
def test_common_is_the_longest_common_prefix(one: list[int], other: list[int]) -> None:
    assert common(array("i", one), array("i", other)) == shared(one, other)


def shared(one: list[int], other: list[int]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


@given(st.lists(st.tuples(paths, st.booleans()), max_size=25), paths)
def test_the_nearest_come_first_whatever_was_put_and_taken(steps: list[Any], asked: Any) -> None:
    tree: Radix[list[int]] = Radix()
    here: list[list[int]] = []
    for path, take in steps:
        if take and here:
            item = here.pop(len(path) % len(here))
            tree.take(item)
            tree.take(item)  # once more does nothing
        else:
            item = list(path)
            tree.put(array("i", path), item)
            here.append(item)
    found = list(tree.nearest(array("i", asked)))
    assert len(tree) == len(found) == len(here)
    assert {id(item) for item, _ in found} == {id(item) for item in here}
    assert all(length == shared(item, asked) for item, length in found)
    lengths = [length for _, length in found]
    assert lengths == sorted(lengths, reverse=True)


def test_an_empty_tree_is_left_when_all_are_taken() -> None:
    tree: Radix[str] = Radix()
    for name in ("abc", "abd", "ab", "x", ""):
        tree.put(array("i", list(name.encode())), name)
    for name in ("ab", "abd", "x", "abc", ""):
        tree.take(name)
    assert list(tree.nearest(array("i", list(b"abc")))) == []
    assert not tree._root.children
