"""add: a typed line under another, by anybody of the cast; or between it and one that follows."""

from typing import Any

from stage.director.operations import placing
from stage.director.operations.casting import members_of
from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.kit.errors import BadInput
from stage.play.audience import meant
from stage.play.changes import Change, NewLine, SetPlace, SetShown
from stage.play.line import Kind

_KINDS = tuple(str(each) for each in Kind if each is not Kind.SCENE)


def _plan(view: View, given: dict[str, Any]) -> Plan:
    member, parent, new = view.member(given["member"]), still(view.line).id, view.fresh()
    to = [each.id for each in members_of(view, given["to"])] or None
    kind = Kind(given["kind"]) if given["kind"] else None
    kind, audience, text = meant(given["text"], kind, to, member, view.cast)
    line = NewLine(
        new, parent, kind, member.id, text, view.ears(kind, member.id, audience),
        member.persona.version, layer=member.layer,
        audience=tuple(audience) if audience else None,
    )  # fmt: skip
    between = [] if given["before"] is None else _between(view, new, given["before"])
    return Plan([line, *between, SetShown(parent, new)], f"line of {member.label}")


def _between(view: View, new: str, after: str) -> list[Change]:
    """The new line takes the place of one under the same line, and is followed by it."""
    parent = view.line.id
    if all(each.id != after for each in view.under(view.line)):
        raise BadInput(f"The line {after} does not stand right under the line {parent}.")
    place = placing.after(view, parent, new, after)
    return [*place, SetPlace(after, new, 1.0), SetShown(new, after)]


ENTRY = Operation(
    "add",
    "line",
    "say something under a line",
    _plan,
    {
        "member": Key("who says it, by name", required=True),
        "text": Key("what is said; @NAME before it whispers", required=True),
        "kind": Key("kind of line; speech, or narration for the narrator", choices=_KINDS),
        "to": Key("who alone hears it, names with commas between", default=""),
        "before": Key("a line right under it that is to follow what is said", "line"),
    },
)
