"""What an outline knows of its rows: what stands for a line, where branches go on."""

from __future__ import annotations

from dataclasses import replace

from stage.play.line import Kind, Line, Status
from stage.play.outline import PAGE, Show, Stem, stem_of
from stage.play.outlining import Outline


def outline(*pairs: tuple[str, str | None]) -> Outline:
    made = Outline()
    for order, (line, parent) in enumerate(pairs):
        made.put(Stem(line, parent, order))
    return made


def ids(made: Outline) -> list[str]:
    return [row.stem.id for row in made.rows]


TREE = (("r", None), ("a", "r"), ("b", "a"), ("c", "b"), ("d", "b"), ("e", "c"), ("f", "d"))


def test_lines_without_a_branch_share_a_row() -> None:
    made = outline(*TREE)
    assert ids(made) == ["a", "c", "d"]
    assert [made.count(row) for row in made.rows] == [2, 2, 2]
    found = made.standing("f")
    assert found is not None
    assert found.stem.id == "d"
    assert made.index("b") == 0
    assert made.index("r") == made.index("unknown") == -1


def test_what_a_row_hides_is_counted_by_it() -> None:
    made = outline(*TREE)
    made.put(Stem("b", "a", 2, labels={"collapse": True}))
    assert ids(made) == ["a", "b"]
    assert [made.count(row) for row in made.rows] == [1, 5]
    assert made.index("f") == 1


def test_branch_lines_tell_what_follows() -> None:
    made = outline(*TREE, ("g", "d"), ("h", "d"))
    bars = {row.stem.id: made.bars(row, {}) for row in made.rows}
    assert bars["a"] == (0, ())
    assert bars["c"] == (1, (True,))
    assert bars["d"] == (1, (False,))
    assert bars["f"] == (2, (False, True))


def test_hits_keep_their_ancestors_and_folding_does_not_hide_them() -> None:
    made = outline(*TREE)
    made.put(Stem("a", "r", 1, labels={"collapse": True}))
    made.look(Show(), hits=["f"])
    assert made.stale
    assert made.index("f") == -1
    made.renew([row for page in made.pages() for row in page])
    assert ids(made) == ["a", "f"]


def test_a_line_of_a_play_is_known_without_its_words() -> None:
    line = Line("a", "r", "p", Kind.SPEECH, "ada", "Words", model="base", order=3)
    assert stem_of(line) == Stem("a", "r", 3, None, "ada", "base")
    assert stem_of(replace(line, status=Status.RUNNING)).running
    assert stem_of(replace(line, status=Status.PURGED)).hidden


def test_rows_come_in_pages() -> None:
    made = outline(("r", None), *((str(at), "r") for at in range(PAGE + 5)))
    made.look(Show())
    assert [len(page) for page in made.pages()] == [PAGE - 1, 6, 0]
    assert made.root is not None
    assert made.root.below == PAGE + 5
