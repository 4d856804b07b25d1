"""takes: models speak after a line, all takes of it one step to undo."""

from typing import Any

from stage.director.operations.casting import check_frame, file_of
from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.director.turns.performing import Turn
from stage.kit.errors import BadInput


def _plan(view: View, given: dict[str, Any]) -> Plan:
    if not 1 <= given["count"] <= 64:
        raise BadInput(f"count is {given['count']}; ask for 1 to 64 takes.")
    member, file = view.member(given["member"]), file_of(view, given)
    check_frame(given["frame"])
    own = (member.actor.model,) if member.actor.model else ()
    models = (given["model"],) if given["model"] else view.scene.fan_out or own
    models = models or tuple(view.scene.models)[:1]
    if unknown := [each for each in models if each not in view.scene.models and not file]:
        known = ", ".join(view.scene.models)
        raise BadInput(f"The play has no model called {unknown[0]}; it has {known}.")
    turn = Turn(
        still(view.line).id, member.id, models, given["count"], given["seed"], frame=given["frame"]
    )
    return Plan(file, f"takes of {member.label}", turn)


ENTRY = Operation(
    "takes",
    "takes",
    "let a model speak after a line, several times",
    _plan,
    {
        "member": Key("who speaks, by name", required=True),
        "count": Key("takes of each model", "count", default=4),
        "model": Key("one of the scene's models; all of its fan-out, or the member's own"),
        "file": Key("a model file, to be known by the name in model="),
        "frame": Key("the form of the prompt, for this line only"),
        "seed": Key("seed of the takes; drawn from the play's own", "count"),
    },
)
