"""A library in a fresh folder, opened and closed around a coroutine."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Literal

import pytest

from stage.store.library import Library

Open = Callable[..., Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library" / "stage.db"


@pytest.fixture
def opened(path: Path) -> Open:
    """Run `work(library)` and return its result; the library is closed afterwards."""

    def run(
        work: Callable[[Library], Awaitable[Any]],
        mode: Literal["write", "read"] = "write",
        at: Path = path,
    ) -> Any:
        async def inside() -> Any:
            library = await Library.open(at, mode=mode)
            try:
                return await work(library)
            finally:
                await library.close()

        return asyncio.run(inside())

    return run
