"""The source of Stage as the architecture tests read it: files and syntax trees, no imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAGE = ROOT / "stage"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(folder: Path = STAGE) -> Iterator[Path]:
    """Yield every Python file below a folder, in order."""
    yield from sorted(folder.rglob("*.py"))


def name_of(path: Path) -> str:
    """Return a file's path as told in messages: from the repository's root, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file, which is read once and left as it is."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[tuple[str, Function]]:
    """Yield the functions and methods of a file with their dotted names."""
    yield from _functions(tree(path), "")


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    for child in ast.iter_child_nodes(node):
        name = prefix
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{prefix}{child.name}."
            yield name[:-1], child
        elif isinstance(child, ast.ClassDef):
            name = f"{prefix}{child.name}."
        yield from _functions(child, name)


def length(node: ast.stmt) -> int:
    """Return the lines a definition takes, decorators not counted."""
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1
