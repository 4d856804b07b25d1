"""tag: a name on a line, on all that follows from it, or on the path down to it.

On the scene itself it is only told how the tag looks and what it does where nothing else is said.
"""

from dataclasses import replace
from typing import Any

from stage.director.operations.marking import OFF
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import Change, SetLabel
from stage.play.tags import COLOURS, KEYS, MODES, SCOPES, Tag, known

NONE = "none"


def _plan(view: View, given: dict[str, Any]) -> Plan:
    name = " ".join(given["name"].split())
    if not name:
        raise BadInput("The tag has no name; write name=NAME.")
    root = view.tree.root
    tags = known(root.labels) if root is not None else {}
    if root is None or view.line.id == root.id:
        value = None if given["off"] else _told(tags, name, given).to_json()
        return Plan([SetLabel(view.line.id, "tag", name, value)], f"look of the tag {name}")
    changes: list[Change] = []
    tag = tags.get(name, Tag(name))
    if given["colour"] or given["key"]:
        tag = replace(_told(tags, name, given), scope=tag.scope, mode=tag.mode)
        changes.append(SetLabel(root.id, "tag", name, tag.to_json()))
    put = {"scope": given["scope"] or tag.scope, "mode": given["mode"] or tag.mode}
    value = None if given["off"] else put
    changes.append(SetLabel(view.told().id, "tag", name, value))
    return Plan(changes, f"tag {name} on {view.whose()}")


def _told(tags: dict[str, Tag], name: str, given: dict[str, Any]) -> Tag:
    """What the play knows of a tag after this; what is not given stays."""
    said = {each: given[each] for each in ("scope", "mode", "colour", "key") if given[each]}
    tag = replace(tags.get(name, Tag(name)), **{k: "" if v == NONE else v for k, v in said.items()})
    other = next((each for each in tags.values() if each.key == tag.key != ""), tag)
    if other.name != name:
        raise BadInput(f"The key {tag.key} is that of the tag {other.name}; choose another.")
    return tag


ENTRY = Operation(
    "tag",
    "tag",
    "put a tag on a line; without a line, say how the tag looks and what it usually does",
    _plan,
    {
        "name": Key("the name of the tag", required=True),
        "scope": Key("what it reaches: the node, its subtree, or the path down to it; else as "
                     "the tag usually does, at first the node", choices=SCOPES),
        "mode": Key("mark: nothing more; hide: what it reaches is not shown, nor what follows; "
                    "only: nothing else is shown", choices=MODES),
        "colour": Key("the colour of the tag, wherever it is", choices=(NONE, *COLOURS)),
        "key": Key("in the window, the key that puts it on and takes it off",
                   choices=(NONE, *KEYS)),
        "off": OFF,
    },
)  # fmt: skip
