"""Lines kept, in the bin, and hidden by tags."""

from __future__ import annotations

from stage.play.outline import Stem
from stage.play.outlining import Outline

TREE = (("r", None), ("a", "r"), ("b", "a"), ("c", "b"), ("d", "a"), ("e", "d"))


def outline() -> Outline:
    made = Outline()
    for order, (line, parent) in enumerate(TREE):
        made.put(Stem(line, parent, order))
    return made


def test_what_is_deleted_is_counted_apart_with_what_stands_under_it() -> None:
    made = outline()
    assert (made.tally.kept(), made.tally.binned()) == (5, 0)
    made.put(Stem("b", "a", 2, hidden=True))
    assert (made.tally.kept(), made.tally.binned()) == (3, 2)
    made.put(Stem("e", "b", 5))  # moved under it
    assert (made.tally.kept(), made.tally.binned()) == (2, 3)
    made.put(Stem("f", "d", 6))
    assert (made.tally.kept(), made.tally.binned()) == (3, 3)
    made.put(Stem("b", "a", 2))
    assert (made.tally.kept(), made.tally.binned()) == (6, 0)


def test_what_tags_hide_is_counted_once_and_not_where_it_is_away_anyway() -> None:
    made = outline()
    assert made.tally.cut_off([]) == 0
    assert made.tally.cut_off(["b"]) == 2
    assert made.tally.cut_off(["b", "c", "d"]) == 4
    assert made.tally.cut_off(["a", "c", "unknown"]) == 5
    made.put(Stem("d", "a", 4, labels={"archive": True}))
    assert made.tally.cut_off(["e"]) == made.tally.cut_off(["d"]) == 0
