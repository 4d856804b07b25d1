"""What tags reach and what they hide."""

from __future__ import annotations

from typing import Any

from stage.play.line import Kind, Line
from stage.play.tags import reached, unseen
from stage.play.tree import Tree


def tree(**labels: dict[str, Any]) -> Tree:
    """0 -> 1 -> 2, 3; 0 -> 4."""
    parents = {"0": None, "1": "0", "2": "1", "3": "1", "4": "0"}
    return Tree(
        Line(
            id_,
            parent,
            "p",
            Kind.SPEECH if parent else Kind.SCENE,
            None,
            "",
            order=int(id_),
            labels=labels.get(f"l{id_}", {}),
        )
        for id_, parent in parents.items()
    )


def tag(scope: str, mode: str = "mark") -> dict[str, Any]:
    return {"tag:t": {"scope": scope, "mode": mode}}


def test_scopes() -> None:
    assert set(reached(tree(l1=tag("node")))) == {"1"}
    assert set(reached(tree(l1=tag("subtree")))) == {"1", "2", "3"}
    assert set(reached(tree(l2=tag("path")))) == {"0", "1", "2"}


def test_modes() -> None:
    assert unseen(tree(l1=tag("node"))) == set()
    assert unseen(tree(l1=tag("subtree", "hide"))) == {"1", "2", "3"}
    assert unseen(tree(l2=tag("node", "only"))) == {"3", "4"}
    assert unseen(tree(l0=tag("node", "hide"))) == set()
