"""Operations on a fresh play."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.director.operations.acting import Act, acted


@pytest.fixture
def act(tmp_path: Path) -> Callable[[Callable[[Act], Awaitable[Any]]], Any]:
    """Run `work(act)`; afterwards tree, library, certificate and a copy must agree."""
    return lambda work: acted(tmp_path, work)
