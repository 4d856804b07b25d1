"""add: a typed line under another, by anybody of the cast."""

from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.play.audience import meant
from stage.play.changes import NewLine, SetShown
from stage.play.line import Kind

_KINDS = tuple(str(each) for each in Kind if each is not Kind.SCENE)


def _plan(view: View, given: dict[str, Any]) -> Plan:
    member, parent, new = view.member(given["member"]), still(view.line).id, view.fresh()
    named = [each.strip() for each in given["to"].split(",") if each.strip()]
    to = [view.member(each).id for each in named] or None
    kind = Kind(given["kind"]) if given["kind"] else None
    kind, audience, text = meant(given["text"], kind, to, member, view.cast)
    line = NewLine(
        new, parent, kind, member.id, text, view.ears(kind, member.id, audience),
        member.persona.version, layer=member.layer,
        audience=tuple(audience) if audience else None,
    )  # fmt: skip
    return Plan([line, SetShown(parent, new)], f"line of {member.label}")


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
    },
)
