"""What would lose tasks or leak widgets is not written: `.exec(` and lambdas in `.connect(`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture import source


def calls(method: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of a method in stage/ui, with their places."""
    for path in source.files(source.STAGE / "ui"):
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == method:
                yield f"{source.name_of(path)}:{node.lineno}", node


def test_no_dialog_runs_a_loop_of_its_own() -> None:
    places = [place for method in ("exec", "exec_") for place, _ in calls(method)]
    assert not places, f"await ask(dialog) instead: {places}"


def test_no_lambda_is_connected() -> None:
    places = [
        place
        for place, call in calls("connect")
        if any(isinstance(part, ast.Lambda) for word in call.args for part in ast.walk(word))
    ]
    assert not places, f"connect a bound method or partial over ids: {places}"
