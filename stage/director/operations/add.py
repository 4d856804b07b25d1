"""add: a typed line under another."""

from collections.abc import Sequence
from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.kit.errors import BadInput
from stage.play.audience import heard_by, meant, present
from stage.play.cast import Member
from stage.play.changes import NewLine, SetShown
from stage.play.line import Kind

_KINDS = tuple(str(each) for each in Kind if each is not Kind.SCENE)


def _plan(view: View, given: dict[str, Any]) -> Plan:
    cast = view.scene.cast
    member = _member(view, given["speaker"])
    kind = None if given["kind"] is None else Kind(given["kind"])
    named = [] if given["to"] is None else given["to"].split(",")
    audience: Sequence[str] | None = [_member(view, each.strip()).id for each in named] or None
    kind, audience, text = meant(given["text"], kind, audience, member, cast)
    parent, new = still(view.line).id, view.fresh()
    there = present(view.tree.path(parent), cast)
    line = NewLine(
        new, parent, kind, member.id, text, heard_by(kind, member.id, audience, cast, there),
        member.persona.version, audience=tuple(audience) if audience else None,
    )  # fmt: skip
    return Plan([line, SetShown(parent, new)], f"line of {member.label}")


def _member(view: View, name: str) -> Member:
    member = view.scene.cast.named(name)
    if member is None:
        known = ", ".join(each.label for each in view.scene.cast)
        raise BadInput(f"Nobody of the cast is called {name}; it has {known}.")
    return member


ENTRY = Operation(
    "add",
    "line",
    "say something under a line",
    _plan,
    {
        "speaker": Key("who says it, by name", required=True),
        "text": Key("what is said; @NAME before it whispers", required=True),
        "kind": Key("kind of line; speech, or narration for the narrator", choices=_KINDS),
        "to": Key("who alone hears it, names with commas between"),
    },
)
