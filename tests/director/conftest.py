"""Scenes on real models: the shipped ones."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from stage.app.house import House, open_house
from stage.kit import paths
from stage.play.scene import Scene, read_scene

SCENE = """
title = "A test"
setting = "A room."
turns = 2
[models]
base = "stage-base"
chat = "stage-chat"
[[cast]]
name = "Ada"
about = "You count things."
model = "base"
sampler = { max_tokens = 24 }
[[cast]]
name = "Ben"
about = "You answer."
model = "chat"
sampler = { max_tokens = 24 }
[[cast]]
name = "Guest"
actor = "human"
[[opening]]
speaker = "Ada"
text = "How many are we tonight?"
"""

Play = Callable[[Callable[[House], Coroutine[Any, Any, Any]]], Any]


@pytest.fixture
def scene() -> Scene:
    if not (paths.resources() / "models" / "stage-base.gguf").is_file():
        pytest.skip("resources/models/stage-base.gguf is not there; run make models")
    return read_scene(SCENE, where="test", find=lambda name: pytest.fail(name))


@pytest.fixture
def in_house(tmp_path: Path) -> Play:
    """Run a coroutine function in an open house over a fresh library; its result comes back."""

    def run(work: Callable[[House], Awaitable[Any]]) -> Any:
        async def inside() -> Any:
            async with open_house(tmp_path / "library.db") as house:
                return await work(house)

        return asyncio.run(inside())

    return run
