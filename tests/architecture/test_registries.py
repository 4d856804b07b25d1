"""A registry names exactly the modules beside it that offer an ENTRY."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture import source


def registry_names(path: Path) -> set[str] | None:
    """Return the names in `Registry(__name__, "a", "b")` of a package; None: it has none."""
    names: set[str] | None = None
    for node in ast.walk(source.tree(path)):
        if isinstance(node, ast.Call) and _called(node.func) == "Registry":
            names = names or set()
            names |= {word.value for word in node.args[1:] if isinstance(word, ast.Constant)}
    return names


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Subscript):  # Registry[View](__name__, ...)
        function = function.value
    return getattr(function, "id", getattr(function, "attr", ""))


def entries(package: Path) -> set[str]:
    """Return the modules of a folder that offer an ENTRY; the others are what these share."""
    modules = [path for path in package.glob("*.py") if path.name != "__init__.py"]
    return {path.stem for path in modules if "ENTRY" in assigned(path)} | {
        path.parent.name for path in package.glob("*/__init__.py") if "ENTRY" in assigned(path)
    }


def assigned(path: Path) -> set[str]:
    """Return the names a module assigns at its top level."""
    found: set[str] = set()
    for node in source.tree(path).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


PACKAGES = [path for path in source.files() if path.name == "__init__.py" and registry_names(path)]


@pytest.mark.parametrize("path", PACKAGES, ids=source.name_of)
def test_a_registry_names_every_entry_beside_it_and_nothing_else(path: Path) -> None:
    assert registry_names(path) == entries(path.parent)


def test_there_are_registries() -> None:
    assert PACKAGES
