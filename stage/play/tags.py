"""What tags reach: a tag is put on one line and holds for it, its subtree or its path."""

from stage.play.line import Line
from stage.play.tree import Tree

SCOPES = ("node", "subtree", "path")
MODES = ("mark", "hide", "only")


def reached(tree: Tree) -> dict[str, dict[str, str]]:
    """Line -> name -> mode of every tag that holds for it; lines without tags are left out."""
    found: dict[str, dict[str, str]] = {}
    for line in tree.marked("tag"):
        for name, value in line.tags.items():
            for each in _scope(tree, line, str(value.get("scope"))):
                found.setdefault(each.id, {})[name] = str(value.get("mode"))
    return found


def unseen(tree: Tree) -> set[str]:
    """Lines that are not to be shown: what `hide` reaches and, with `only`, all it does not.

    Lines above one that is shown are never among them: they lead to it.
    """
    tags = reached(tree)
    hidden = {line for line, found in tags.items() if "hide" in found.values()}
    only = {line for line, found in tags.items() if "only" in found.values()}
    if only:
        hidden |= {line.id for line in tree} - only
    shown: set[str] = set()
    for line in only - hidden:
        at: str | None = line
        while at is not None and at not in shown:
            shown.add(at)
            at = tree[at].parent
    root = tree.root
    return hidden - shown - ({root.id} if root else set())


def _scope(tree: Tree, line: Line, scope: str) -> list[Line]:
    if scope == "subtree":
        return list(tree.subtree(line.id, hidden=True))
    return tree.path(line.id) if scope == "path" else [line]
