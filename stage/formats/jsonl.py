"""JSON lines: one object a line of the tree, for reading with other tools. Written only."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from stage.formats.format import Format, Source
from stage.play.line import Kind, Line


def row(line: Line, source: Source, root: str | None, hidden: bool) -> dict[str, Any]:
    """One line; members by their labels, a line right under the scene without parent.

    Args:
        hidden: whether it, or a line it stands under, was deleted.
    """
    return {
        "id": line.id,
        "parent": None if line.parent == root else line.parent,
        "speaker": source.scene.cast.label_of(line),
        "model": line.model,
        "take": line.take,
        "text": line.text,
        "kind": str(line.kind),
        "heard_by": None if line.heard_by is None else source.called(line, line.heard_by),
        "status": str(line.status),
        "hidden": hidden,
    }


def chosen(source: Source) -> Iterable[Line]:
    """What is written: the path, or all lines or a subtree, deleted ones included."""
    if source.top is not None:
        return source.tree.subtree(source.top, hidden=True)
    return source.tree.parents_first() if source.whole else source.path()


def write(source: Source) -> Iterator[str]:
    """Yield one ASCII JSON object a line, parents before children."""
    root, hidden = source.tree.root, source.tree.deleted()
    for line in chosen(source):
        if line.kind is not Kind.SCENE:
            data = row(line, source, root.id if root else None, line.id in hidden)
            yield json.dumps(data, ensure_ascii=True, allow_nan=False) + "\n"


ENTRY = Format(
    "jsonl", "JSON lines", ".jsonl", lambda head: 0.0, write, whole=True,
    keeps=frozenset({"model", "take", "kind", "status", "audience"}), chosen=chosen,
)  # fmt: skip
