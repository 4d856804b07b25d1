"""No file over 400 lines, no class over 250, no function over 40; most are far smaller."""

from __future__ import annotations

import ast
import statistics
from functools import cache

from tests.architecture import source

FILE, CLASS, FUNCTION, MEDIAN_FUNCTION = 400, 250, 40, 10

# name -> (lines, why it is one piece). This list only shrinks.
EXCEPTIONS: dict[str, tuple[int, str]] = {}


@cache
def sizes() -> list[tuple[str, int, int]]:
    """Name, lines and budget of every file, class and function."""
    found = []
    for path in source.files():
        name = source.name_of(path)
        found.append((name, len(path.read_text(encoding="utf-8").splitlines()), FILE))
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.ClassDef):
                found.append((f"{name}::{node.name}", source.length(node), CLASS))
        for dotted, function in source.functions(path):
            found.append((f"{name}::{dotted}", source.length(function), FUNCTION))
    return found


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
    lengths = [lines for _, lines, budget in sizes() if budget == FUNCTION]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION
