"""No file over 400 lines, no class over 250, no function over 40; most are far smaller."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator

from tests.architecture import source

FILE, CLASS, FUNCTION, MEDIAN_FUNCTION = 400, 250, 40, 10

# name -> (lines, why it is one piece). This list only shrinks.
EXCEPTIONS: dict[str, tuple[int, str]] = {}


def sizes() -> Iterator[tuple[str, int, int]]:
    """Yield name, lines and budget of every file, class and function."""
    for path in source.files():
        name = source.name_of(path)
        yield name, len(path.read_text(encoding="utf-8").splitlines()), FILE
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.ClassDef):
                yield f"{name}::{node.name}", source.length(node), CLASS
        for dotted, function in source.functions(path):
            yield f"{name}::{dotted}", source.length(function), FUNCTION


def test_nothing_is_over_its_budget() -> None:
    over = [
        f"{name}: {lines} lines, budget {budget}"
        for name, lines, budget in sizes()
        if lines > max(budget, EXCEPTIONS.get(name, (0, ""))[0])
    ]
    assert not over, "split where a second purpose hides:\n" + "\n".join(over)


def test_exceptions_are_still_needed() -> None:
    real = {name: lines for name, lines, budget in sizes() if lines > budget}
    stale = [name for name, (lines, _) in EXCEPTIONS.items() if real.get(name) != lines]
    assert not stale, f"remove these, or lower their numbers: {stale}"
    assert all(reason for _, reason in EXCEPTIONS.values())


def test_the_median_function_is_short() -> None:
    lengths = [source.length(node) for path in source.files() for _, node in source.functions(path)]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION
