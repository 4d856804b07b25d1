"""What every format keeps to."""

from __future__ import annotations

import pytest

from stage.formats import FORMATS
from stage.formats.format import Source


@pytest.mark.parametrize("name", FORMATS.names)
def test_each_format_says_what_it_is(name: str, small: Source) -> None:
    entry = FORMATS[name]
    assert entry.id == name
    assert entry.title
    assert entry.suffix.startswith(".")
    assert 0.0 <= entry.sniff(b"hello") < 0.5
    assert entry.write is not None
    text = "".join(entry.write(small))
    assert text.endswith("\n")
    text.encode("utf-8")


@pytest.mark.parametrize("name", FORMATS.names)
def test_each_format_bears_an_empty_play(name: str, play) -> None:  # type: ignore[no-untyped-def]
    from stage.play.tree import Tree

    empty = Source("p", play().scene, Tree([]))
    entry = FORMATS[name]
    assert entry.write is not None
    "".join(entry.write(empty))


def test_a_path_goes_to_the_leaf_or_the_one_last_visited(small: Source) -> None:
    assert [line.id for line in small.path()] == ["a", "b", "d", "e"]
    small.tree.select("c")
    assert [line.id for line in small.path()] == ["a", "c"]
    chosen = Source("p", small.scene, small.tree, leaf="d")
    assert [line.id for line in chosen.path()] == ["a", "b", "d"]
