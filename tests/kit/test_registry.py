"""A registry imports on first use and in order."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from stage.kit.registry import Registry


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry[str]:
    package = tmp_path / "registered"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for name in ("one", "two"):
        (package / f"{name}.py").write_text(f"ENTRY = {name!r}\n")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [each for each in sys.modules if each.startswith("registered")]:
        del sys.modules[name]
    return Registry("registered", "two", "one")


def test_entries_come_in_registry_order(registry: Registry[str]) -> None:
    assert list(registry) == ["two", "one"]
    assert registry.names == ("two", "one")
    assert registry["one"] == "one"


def test_nothing_is_imported_before_it_is_used(registry: Registry[str]) -> None:
    assert "registered.one" not in sys.modules
    assert registry["one"] == "one"
    assert "registered.one" in sys.modules
    assert "registered.two" not in sys.modules


def test_unknown_names_are_told_apart(registry: Registry[str]) -> None:
    assert "one" in registry
    assert "three" not in registry
    assert 5 not in registry
    with pytest.raises(KeyError):
        registry["three"]
