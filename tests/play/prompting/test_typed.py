from __future__ import annotations

import pytest

from stage.play.prompting.typed import names_in, spoken
from stage.play.scene import Scene, read_scene

SCENE = """
title = "Fog"
[models]
base = "stage-base"
[[cast]]
name = "Nell"
model = "base"
[[cast]]
name = "Sam"
actor = "human"
[[cast]]
name = "Text"
model = "base"
frame = "prose"
"""


@pytest.fixture
def scene() -> Scene:
    return read_scene(SCENE, where="test", find=lambda name: pytest.fail(name))


@pytest.mark.parametrize(
    ("who", "said"),
    [("Sam", "Nell and Sam"), ("Nell", "Nell and Sam"), ("Text", "{{char}} and {{ User }}")],
)
def test_names_are_said_but_in_a_text_that_runs_on(scene: Scene, who: str, said: str) -> None:
    member = scene.cast.named(who)
    assert member is not None
    assert spoken("{{char}} and {{ User }}", member, scene.cast) == said


def test_what_nobody_fits_and_what_is_no_name_stays_as_typed(scene: Scene) -> None:
    sam = scene.cast.named("Sam")
    assert sam is not None
    alone = type(scene.cast)([sam])
    assert spoken("{{char}}, {{user}}, {{random:a,b}}, {{date}}", sam, alone) == (
        "{{char}}, Sam, {{random:a,b}}, {{date}}"
    )
    assert names_in("{{char}} {{x}} {{USER}}") == ["{{char}}", "{{USER}}"]
