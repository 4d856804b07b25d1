"""Every format with a chain far deeper than Python can recurse."""

from __future__ import annotations

import pytest

from stage.formats import FORMATS
from stage.formats.format import Source
from stage.play.line import Kind, Line
from stage.play.tree import Tree
from tests.store.chain import LENGTH
from tests.store.making import scene

SHORT = 5_000
SLOW = {"html"}  # each line costs much, whatever stands above it


def source(count: int, **more: object) -> Source:
    """A play of one branch."""
    lines = [Line("root", None, "p", Kind.SCENE, None, "")]
    for number in range(1, count + 1):
        text = f"line {number}"
        line = Line(f"{number:06}", lines[-1].id, "p", Kind.SPEECH, "bo", text, order=number)
        lines.append(line)
    return Source("p", scene(), Tree(lines), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("name", [each.id for each in FORMATS if each.write and not each.lossless])
def test_a_chain_is_written_whole_and_as_a_path(name: str, whole: bool) -> None:
    count = SHORT if name in SLOW else LENGTH
    write = FORMATS[name].write
    assert write is not None
    text = "".join(write(source(count, whole=whole)))
    assert text.count("line 1") >= 10
    assert f"line {count}" in text
