"""Tags: how they look, what key puts them on, and what they keep out of sight.

A tag is put on one line and holds for it, its subtree or its path. Its colour, its key and what
it usually does are the label "tag" of the scene root.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from stage.play.tree import Tree

SCOPES = ("node", "subtree", "path")
MODES = ("mark", "hide", "only")
COLOURS = ("green", "blue", "pink", "orange", "red", "sky", "yellow", "grey")
KEYS = tuple("123456789")
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tag:
    """What a play knows of a tag.

    Attributes:
        scope, mode: what it does where it is put without saying.
        colour: one of COLOURS, shown beside the name; "" for none.
        key: one of KEYS that puts it on the chosen line and takes it off, "" for none.
    """

    name: str
    scope: str = SCOPES[0]
    mode: str = MODES[0]
    colour: str = ""
    key: str = ""

    def to_json(self) -> dict[str, str]:
        """The label of the scene root; its name is the label's."""
        return {key: value for key, value in asdict(self).items() if key != "name"}


def known(root: Mapping[str, Any]) -> dict[str, Tag]:
    """The tags that a play knows, by name, from the labels of its scene root."""
    return {
        key[4:]: Tag(
            key[4:], _one(value, "scope", SCOPES), _one(value, "mode", MODES),
            _one(value, "colour", ("", *COLOURS)), _one(value, "key", ("", *KEYS)),
        )
        for key, value in root.items()
        if key.startswith("tag:") and isinstance(value, Mapping)
    }  # fmt: skip


def _one(value: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    found = value.get(key)
    return found if found in allowed else allowed[0]


def cut(tree: Tree) -> frozenset[str]:
    """Where tags cut the tree: these lines, and all that stands under them, are out of sight.

    A line that is hidden goes with what stands under it; a path that is hidden goes as far up as
    nothing else stands there. Where a tag shows nothing else, what leads to a line it reaches
    stays. Hiding comes first. Tags of deleted lines do nothing.
    """
    hiding, showing = _put(tree, "hide"), _put(tree, "only")
    if not hiding and not showing:
        return _NOTHING
    hidden = _hidden(tree, hiding)
    return frozenset(hidden | _aside(tree, showing, hidden) if showing else hidden)


def _put(tree: Tree, mode: str) -> dict[str, set[str]]:
    """Line -> scopes of the tags of a mode that were put on it."""
    found: dict[str, set[str]] = {}
    for line in tree.marked("tag"):
        tags = line.tags.values() if line.parent is not None else ()
        scopes = {str(each.get("scope")) for each in tags if each.get("mode") == mode}
        if scopes and not tree.is_gone(line.id):
            found[line.id] = scopes
    return found


def _hidden(tree: Tree, hiding: Mapping[str, set[str]]) -> set[str]:
    """The lines that tags hide, and those above them that then lead nowhere."""
    found = {*hiding}
    for line in (line for line, scopes in hiding.items() if "path" in scopes):
        for above in tree.way(line)[-2:0:-1]:
            under = tree.visible(above)
            if above not in found and not found.issuperset(under):
                break
            found.difference_update(under)  # they go with it
            found.add(above)
    return found


def _aside(tree: Tree, showing: Mapping[str, set[str]], hidden: set[str]) -> set[str]:
    """The lines beside those that are to be shown and those that lead to them."""
    ways = [way for way in map(tree.way, showing) if hidden.isdisjoint(way)]
    kept = {line for way in ways for line in way} | {tree.root.id if tree.root else ""}
    narrow = set(kept)
    for way in ways:
        whole = (at for at, line in enumerate(way) if "subtree" in showing.get(line, ()))
        narrow.difference_update(way[next(whole, len(way)) :])
    return {child for line in narrow for child in tree.visible(line) if child not in kept}
