"""Fixtures of the engine's tests: real models where they are present."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def stories(shared: Path) -> Path:
    """A real model of 260 thousand parameters; skips without it or without llama.cpp."""
    return _model(shared, "stories260K-f32.gguf")


@pytest.fixture
def random_llama(shared: Path) -> Path:
    """Random weights with a vocabulary of 32,000 made by others."""
    return _model(shared, "llama-2-tiny-random.gguf")


def _model(shared: Path, name: str) -> Path:
    path = shared / "models" / name
    if not path.exists():
        pytest.skip(f"no model {path}")
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    return path
