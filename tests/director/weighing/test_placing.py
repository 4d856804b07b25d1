"""What a prompt is made of has a name: the same for the same, another one for all else."""

from __future__ import annotations

from dataclasses import replace

from stage.director.weighing.placing import context_of, has_words, name_of, pose
from stage.play.line import Kind
from tests.ui.helpers import line, play


def test_a_prompt_is_named_by_all_that_its_frame_put_into_it() -> None:
    made = play()
    make = pose(made, "a", "ben", "chat", "chat", None)
    assert make is not None
    first = make()
    again = pose(made, "a", "ben", "chat", "chat", None)
    assert again is not None
    assert again().name == first.name == name_of(first.prompt)
    names = {first.name}
    for model, kind in (("chat", "base"), ("base", "base")):  # other frames
        other = pose(made, "a", "ben", model, kind, None)
        assert other is not None
        names.add(other().name)
    made.tree.add(replace(made.tree["a"], labels={"pin": True}))
    pinned = pose(made, "a", "ben", "chat", "chat", None)
    assert pinned is not None
    names.add(pinned().name)
    assert len(names) >= 3
    assert context_of(first.name, "One.") != context_of(first.name, "Two.")
    assert pose(made, "a", "nobody", "chat", "chat", None) is None


def test_only_what_somebody_says_can_be_scored() -> None:
    assert has_words(line("x", "a", "Yes."))
    assert not has_words(line("x", "a", "  "))
    assert not has_words(line("x", "a", "leaves", kind=Kind.EXIT))
