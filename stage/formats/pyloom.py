"""pyloom's JSON, read only: nested trees of text, in full, in short, or flat as JSON lines."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from stage.formats import deep
from stage.formats.format import Format
from stage.formats.neutral import NODES, Found, Losses, Node, ordered, text_of
from stage.kit.errors import BadInput

_KEPT = {
    "id", "text", "children", "meta", "generation", "parent_id", "masked_head", "tail_id",
    "template",
}  # fmt: skip
_DULL = {"open", "visited", "mutable", "frame", "history", "notes", "tags", "multimedia"}
_STATE = {"root", "model_responses", "selected_node_id"}


def find(file: BinaryIO) -> Iterator[Found]:
    """Yield the tree of a file. Raises BadInput."""
    data = file.read(deep.LARGEST + 1)
    losses = Losses()
    if _is_flat(data):
        nodes = list(_flat(data))
        yield Found("pyloom", ordered(nodes, losses), None, losses.rows())
        return
    state = deep.loads(data)
    whole = isinstance(state, dict) and "root" in state
    tops = state["root"] if whole else state
    tops = tops if isinstance(tops, list) else [tops]
    found = _nested(tops, _models(state) if whole else {}, losses)
    if whole:
        for key in sorted(set(state) - _STATE):
            if state[key]:
                losses.add("dropped", "state", f"the file's {str(key)[:40]} is not kept")
    at = state.get("selected_node_id") if whole else None
    nodes = list(found)
    shown = at if isinstance(at, str) and any(node.id == at for node in nodes) else None
    yield Found(_title(state), ordered(nodes, losses), shown, losses.rows())


def _title(state: Any) -> str:
    chapters = state.get("chapters") if isinstance(state, dict) else None
    for chapter in chapters.values() if isinstance(chapters, dict) else ():
        if isinstance(chapter, dict) and isinstance(chapter.get("title"), str):
            return str(chapter["title"])
    return "pyloom"


def _models(state: dict[str, Any]) -> dict[str, str]:
    """The model of each response by its id."""
    responses = state.get("model_responses")
    return {
        key: row["model"]
        for key, row in (responses.items() if isinstance(responses, dict) else ())
        if isinstance(row, dict) and isinstance(row.get("model"), str)
    }


def _nested(tops: list[Any], models: dict[str, str], losses: Losses) -> Iterator[Node]:
    """Walk the nesting, which gives the parents, with a stack of (row, parent, zipped tail)."""
    waiting: list[tuple[Any, str | None, Any]] = [(row, None, None) for row in reversed(tops)]
    seen: set[str] = set()
    while waiting:
        row, parent, tail = waiting.pop()
        if not isinstance(row, dict):
            raise BadInput(f"A node under {str(parent)[:60]!r} is no object; export it again.")
        if isinstance(row.get("masked_head"), dict):  # a zipped chain: its own nodes instead
            waiting.append((row["masked_head"], parent, (row.get("tail_id"), _children(row))))
            continue
        id_ = _id(row, seen, losses)
        empty = parent is None and not row.get("text") and row.get("mutable") is False
        if not empty:
            yield _node(id_, parent, row, models, losses)
        below = _children(row)
        if tail is not None and (row.get("id") == tail[0] or not below):
            below, tail = below or tail[1], None
        under = None if empty else id_
        waiting += [(child, under, tail) for child in reversed(below)]


def _children(row: dict[str, Any]) -> list[Any]:
    children = row.get("children", [])
    if not isinstance(children, list):
        raise BadInput("The children of a node are no list; export the file again.")
    return children


def _id(row: dict[str, Any], seen: set[str], losses: Losses) -> str:
    given = row.get("id")
    id_ = given if isinstance(given, str) and given else f"node-{len(seen) + 1}"
    if id_ in seen:
        losses.add("changed", "duplicate", "had the id of another; it has a new one", id_)
        id_ = f"{id_}#{len(seen)}"
    seen.add(id_)
    if len(seen) > NODES:
        raise BadInput(f"The tree has more than {NODES} nodes.")
    return id_


def _node(
    id_: str, parent: str | None, row: dict[str, Any], models: dict[str, str], losses: Losses
) -> Node:
    meta, made = row.get("meta"), row.get("generation")
    source = meta.get("source") if isinstance(meta, dict) else None
    speaker = None
    if isinstance(made, dict):
        speaker = models.get(str(made.get("id")), "AI")
    elif source in ("AI", "mixed"):
        speaker = "AI"
    if source == "mixed":
        losses.add("changed", "mixed", "what a person changed in it counts as the model's")
    if row.get("template"):
        losses.add("changed", "template", "a template is kept as text and never evaluated")
    for key in row.keys() - _KEPT:
        if key not in _DULL or (row[key] and key in ("history", "notes", "tags", "multimedia")):
            losses.add("dropped", "key", f"{str(key)[:40]} is not kept")
    return Node(id_, parent, text_of(row.get("text", ""), id_), speaker)


# ---------------------------------------------------------------- flat


def _is_flat(data: bytes) -> bool:
    first = data.split(b"\n", 1)[0]
    return b'"parent_id"' in first and b'"children"' not in first and first.rstrip().endswith(b"}")


def _flat(data: bytes) -> Iterator[Node]:
    for number, line in enumerate(data.splitlines(), 1):
        if number > NODES:
            raise BadInput(f"The tree has more than {NODES} nodes.")
        if not line.strip():
            continue
        row = deep.loads(line)
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise BadInput(f"Row {number} of the file is no node with an id; export it again.")
        parent = row.get("parent_id")
        text = text_of(row.get("text"), row["id"])
        yield Node(row["id"], parent if isinstance(parent, str) else None, text)


def _sniff(head: bytes) -> float:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start not in (b"{", b"[") or b'"text"' not in head:
        return 0.0
    if b'"children"' in head:
        return 0.8 if b'"root"' in head or b'"masked_head"' in head else 0.6
    return 0.7 if b'"parent_id"' in head.split(b"\n", 1)[0] else 0.0


ENTRY = Format("pyloom", "pyloom", ".json", _sniff, None, find=find, whole=True)
