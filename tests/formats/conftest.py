"""A play as the formats get it: a scene and a tree, without a library."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stage.formats.format import Source
from stage.play.line import Kind, Line, Status
from stage.play.scene import read_scene
from stage.play.tree import Tree

SCENE = """
title = "A *bold* title"
setting = "A <b>room</b>."
[models]
base = "stage-base"
[[cast]]
name = "Ada"
model = "base"
[[cast]]
name = "Bo_b"
actor = "human"
"""


@pytest.fixture
def play() -> Callable[..., Source]:
    """Make a Source of (id, parent, text, more) lines under a scene root."""

    def make(*rows: tuple[str, str, str, dict[str, object]], **more: object) -> Source:
        scene = read_scene(SCENE, where="test", find=lambda name: pytest.fail(name))
        root = Line("root", None, "p", Kind.SCENE, None, "")
        lines = [root]
        for order, (id_, parent, text, given) in enumerate(rows, 1):
            known = {"kind": Kind.SPEECH, "speaker": "ada", "order": order, **given}
            lines.append(Line(id_, parent, "p", text=text, **known))  # type: ignore[arg-type]
        return Source("p", scene, Tree(lines), **more)  # type: ignore[arg-type]

    return make


@pytest.fixture
def small(play: Callable[..., Source]) -> Source:
    return play(
        ("a", "root", "Hello.", {}),
        ("b", "a", "First.", {"model": "base", "take": 1, "speaker": "bo_b"}),
        ("c", "a", "Second.", {"model": "base", "take": 2, "status": Status.INTERRUPTED}),
        ("d", "b", "Night falls.", {"kind": Kind.NARRATION}),
        ("e", "d", "I know.", {"kind": Kind.WHISPER, "heard_by": ("ada", "bo_b")}),
        ("f", "d", "gone", {"hidden": True}),
    )
