"""Loomsidian's JSON, both ways: what most programs for trees of text can read.

A note's state is `{current, nodes: {id: {text, parentId, ...}}}`; a vault holds the states of
several notes. Stage marks its own nodes with `stage`.
"""

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from stage.formats import deep
from stage.formats.format import Format, Source
from stage.formats.neutral import NODES, Found, Losses, Node, ordered, text_of
from stage.kit.errors import BadInput
from stage.play.line import Kind, Line

_HUMAN = ("", "genesis", "N/A")
_MARKS = {"bookmarked": "bookmark", "collapsed": "collapse"}
_KEPT = {"id", "text", "value", "parentId", "author", "stage", *_MARKS}
_PLAIN = {  # values that say nothing
    "unread": (False, None), "lastVisited": None, "searchResultState": None, "children": None,
}  # fmt: skip
_ESCAPED = re.compile(r"\\([<\[])")


# ---------------------------------------------------------------- write


def write(source: Source) -> Iterator[str]:
    """Yield a note's state: one root, ids as UUIDs, parents first, every field there is."""
    chosen = [line for line, _ in source.walk()]
    ids = {line.id: _uuid(source.play, line.id) for line in chosen}
    tops = [line for line in chosen if line.parent not in ids]
    root = None if len(tops) == 1 else _uuid(source.play, "")
    yield '{"nodes":{'
    if root is not None:
        yield f"{json.dumps(root)}:" + json.dumps(_node("", None, "N/A", 0, {"kind": "scene"}))
    for number, line in enumerate(chosen):
        comma = "," if number or root is not None else ""
        parent = ids.get(str(line.parent), root)
        yield f"{comma}\n{json.dumps(ids[line.id])}:{json.dumps(_row(source, line, parent))}"
    current = ids.get(_current(source), next(iter(ids.values()), root))
    state: dict[str, Any] = {
        "current": current,
        "hoisted": [],
        "searchTerm": "",
        "generating": None,
    }
    yield "},\n" + json.dumps(state)[1:] + "\n"


def _current(source: Source) -> str:
    root = source.tree.root
    if source.leaf is not None or root is None:
        return source.leaf or ""
    return source.tree.leaf_under(source.top or root.id).id


def _row(source: Source, line: Line, parent: str | None) -> dict[str, Any]:
    mark: dict[str, Any] = {"kind": str(line.kind)}
    if source.writer is None:  # a play of just text names nobody, and comes back as one
        mark["speaker"] = source.scene.cast.label_of(line)
    row = _node(line.text, parent, line.model or "N/A", line.order, mark)
    return {**row, "bookmarked": line.bookmarked}


def _node(
    text: str, parent: str | None, author: str, visited: int, mark: dict[str, Any]
) -> dict[str, Any]:
    return {
        "text": text, "parentId": parent, "collapsed": False, "unread": False,
        "bookmarked": False, "lastVisited": visited, "searchResultState": None,
        "author": author, "stage": mark,
    }  # fmt: skip


def _uuid(play: str, line: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"stage:{play}/{line}"))


# ---------------------------------------------------------------- read


def find(file: BinaryIO) -> Iterator[Found]:
    """Yield the tree of a note, or of every note of a vault. Raises BadInput."""
    data = deep.loads(file.read(deep.LARGEST + 1))
    if not isinstance(data, dict):
        raise BadInput("The file is no Loomsidian state: it is no object.")
    states = data["state"] if isinstance(data.get("state"), dict) else {"": data}
    trees = [(name, state) for name, state in states.items() if _is_state(state)]
    if not trees:
        raise BadInput("The file is no Loomsidian state: it has no nodes.")
    for name, state in trees:
        yield _found(name, state)


def _is_state(state: Any) -> bool:
    return isinstance(state, dict) and isinstance(state.get("nodes"), dict | list)


def _found(name: str, state: dict[str, Any]) -> Found:
    losses = Losses()
    nodes: dict[str, Node] = {}
    scenes: set[str] = set()
    given = list(_given(state["nodes"], losses))
    if len(given) > NODES:
        raise BadInput(f"The tree has more than {NODES} nodes.")
    for id_, row in given:
        if _mark(row).get("kind") == "scene":
            scenes.add(id_)
            continue
        nodes[id_] = _read(id_, row, losses)
    tops = (
        replace(each, parent=None) if each.parent in scenes else each for each in nodes.values()
    )
    for key in sorted(set(state) - {"nodes", "current", "hoisted", "searchTerm", "generating"}):
        losses.add("dropped", "state", f"the state's {str(key)[:40]} is not kept")
    at = state.get("current")
    title = name.rpartition("/")[2].removesuffix(".md")
    chain = ordered(tops, losses)
    return Found(title, chain, at if isinstance(at, str) and at in nodes else None, losses.rows())


def _given(nodes: Any, losses: Losses) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every node with its id; a second one of the same id gets another."""
    listed = nodes.items() if isinstance(nodes, dict) else ((None, each) for each in nodes)
    seen: set[str] = set()
    for number, (key, row) in enumerate(listed):
        if not isinstance(row, dict):
            raise BadInput(f"Node {number + 1} of the file is no object; export it again.")
        id_ = key if key is not None else row.get("id")
        if not isinstance(id_, str):
            raise BadInput(f"Node {number + 1} of the file has no id; export it again.")
        if id_ in seen:
            losses.add("changed", "duplicate", "had the id of another; it has a new one", id_)
            id_ = f"{id_}#{number}"
        seen.add(id_)
        yield id_, row


def _mark(row: dict[str, Any]) -> dict[str, Any]:
    mark = row.get("stage")
    return mark if isinstance(mark, dict) else {}


def _read(id_: str, row: dict[str, Any], losses: Losses) -> Node:
    text = text_of(row.get("text", row.get("value")), id_)
    mark, author, parent = _mark(row), row.get("author"), row.get("parentId")
    if not mark and _ESCAPED.search(text):
        losses.add("changed", "escape", "\\< and \\[ were unescaped", id_)
        text = _ESCAPED.sub(r"\1", text)
    _report(row, losses)
    speaker = mark.get("speaker") if mark else None if author in _HUMAN else author
    if mark and author not in (*_HUMAN, None):
        losses.add("dropped", "model", f"that {str(author)[:40]} made it is not kept")
    kinds = {str(each): each for each in Kind}
    return Node(
        id_, parent if isinstance(parent, str) else None, text,
        str(speaker) if isinstance(speaker, str) else None,
        kinds.get(str(mark.get("kind")), Kind.NARRATION),
        tuple(label for key, label in _MARKS.items() if row.get(key) is True),
    )  # fmt: skip


def _report(row: dict[str, Any], losses: Losses) -> None:
    for key in row.keys() - _KEPT:
        plain = _PLAIN.get(key, ())
        if plain is not None and row[key] not in plain:
            losses.add("dropped", "key", f"{str(key)[:40]} is not kept")


def _sniff(head: bytes) -> float:
    if b'"nodes"' not in head or not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return 0.0
    return 0.9 if b'"parentId"' in head or b'"generating"' in head else 0.3


_ESCAPE = (
    "a backslash before < or [, which Loomsidian takes away when it reads the file",
    lambda text: _ESCAPED.search(text) is not None,
)
ENTRY = Format(
    "loomsidian", "Loomsidian", ".json", _sniff, write, find=find, whole=True,
    keeps=frozenset({"model", "kind", "bookmark"}), changes={"escape": _ESCAPE},
)  # fmt: skip
