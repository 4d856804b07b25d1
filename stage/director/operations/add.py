"""add: a typed line under another."""

from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.kit.errors import BadInput
from stage.play.changes import NewLine, SetShown
from stage.play.line import Kind

_KINDS = tuple(str(each) for each in Kind if each is not Kind.SCENE)


def _plan(view: View, given: dict[str, Any]) -> Plan:
    member = view.scene.cast.named(given["speaker"])
    if member is None:
        known = ", ".join(each.label for each in view.scene.cast)
        raise BadInput(f"Nobody of the cast is called {given['speaker']}; it has {known}.")
    kind = Kind(given["kind"] or ("narration" if member.persona.narrator else "speech"))
    parent, new = still(view.line).id, view.fresh()
    heard_by = (member.id,) if kind in (Kind.THOUGHT, Kind.ASIDE) else None
    line = NewLine(
        new, parent, kind, member.id, given["text"], heard_by, member.persona.version
    )  # fmt: skip
    return Plan([line, SetShown(parent, new)], f"line of {member.label}")


ENTRY = Operation(
    "add",
    "line",
    "say something under a line",
    _plan,
    {
        "speaker": Key("who says it, by name", required=True),
        "text": Key("what is said", required=True),
        "kind": Key("kind of line; speech, or narration for the narrator", choices=_KINDS),
    },
)
