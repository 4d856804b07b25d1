"""Plain text: the text itself where a play is one, else who said what."""

from __future__ import annotations

from dataclasses import replace

from stage.formats import text
from stage.formats.format import Source
from stage.play.line import Kind, Line
from stage.play.scene import read_scene
from stage.play.tree import Tree

SCENE = """
title = "Fog"
[models]
base = "stage-base"
[[cast]]
name = "Text"
model = "base"
frame = "prose"
"""


def prose(*texts: tuple[str, str, str]) -> Source:
    scene = read_scene(SCENE, where="test", find=lambda name: (_ for _ in ()).throw(KeyError(name)))
    (writer,) = scene.cast
    root = Line("r", None, "p", Kind.SCENE, None, "")
    lines = [
        Line(id_, parent, "p", Kind.SPEECH, writer.id, said, order=at)
        for at, (id_, parent, said) in enumerate(texts, start=1)
    ]
    return Source("p", scene, Tree([root, *lines]), leaf=texts[-1][0])


def test_a_text_is_written_as_it_stands() -> None:
    source = prose(
        ("a", "r", "The ship"), ("b", "a", "s came *in*,"), ("c", "b", "\n\n at <dawn> ")
    )
    assert "".join(text.write(source)) == "The ships came *in*,\n\n at <dawn> "


def test_every_branch_begins_at_the_beginning() -> None:
    source = prose(("a", "r", "It"), ("b", "a", " was"), ("c", "a", " is"))
    every = replace(source, whole=True, leaf=None)
    assert "".join(text.write(every)) == "It was\n\n---\n\nIt is"


def test_of_a_dialogue_it_says_who_said_what(small: Source) -> None:
    assert "".join(text.write(small)).startswith("Ada: Hello.\n\nBo_b: First.\n\n")
