"""Operations that put one label on a line and take it off again."""

from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import SetLabel
from stage.play.line import Line


def mark(name: str, title: str, help_: str, *, off_title: str, plays: bool = False) -> Operation:
    """An operation that marks a line; `off=true` takes the mark off.

    Args:
        plays: it can be done to the scene root, too: then it is about the whole play.
    """

    def plan(view: View, given: dict[str, Any]) -> Plan:
        whole = plays and view.line.parent is None
        line = view.line if whole else view.told()
        value = None if given["off"] else True
        if whole:
            words = f"{off_title if given['off'] else title} of the play"
        else:
            words = f"{off_title} of {view.whose()}" if given["off"] else ""
        return Plan([SetLabel(line.id, name, value=value)], words)

    return Operation(name, title, help_, plan, {"off": OFF})


def write(name: str, title: str, help_: str) -> Operation:
    """An operation that writes a text on a line; an empty one takes it off."""

    def plan(view: View, given: dict[str, Any]) -> Plan:
        text = given["text"].strip()
        return Plan([SetLabel(view.told().id, name, value=text or None)])

    return Operation(
        name, title, help_, plan, {"text": Key("what it says; empty takes it off", required=True)}
    )


OFF = Key("take it off again", "flag", default=False)
SCOPE = Key("line, or subtree: all that stands under it", default="line",
            choices=("line", "subtree"))  # fmt: skip


def scope(view: View, name: str) -> list[Line]:
    """The lines that an operation reaches."""
    line = view.line
    if name == "subtree":
        return [each for each in view.tree.subtree(line.id) if each.parent is not None]
    if line.parent is None:
        raise BadInput("This cannot be done to the scene itself; name a line with --line.")
    return [line]
