"""rule: who speaks next is found in another way from now on. What was said stays as it was said."""

import json
from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput, reason
from stage.play.changes import SetLabel
from stage.play.speaking import RULES
from stage.play.speaking.guards import PARAMS as GUARDS
from stage.play.speaking.settings import read_params


def _plan(view: View, given: dict[str, Any]) -> Plan:
    root, scene, name = view.tree.root, view.scene, given["rule"]
    if root is None:
        raise BadInput("The play has no scene whose rule could be another.")
    rule = RULES[name]
    if given["params"] is None:  # those that mean the same for it stay
        known = {**rule.params, **GUARDS}
        params = {key: value for key, value in scene.params.items() if key in known}
    else:
        params = _read(given["params"])
    made = {"rule": name, "params": read_params(params, rule, scene.models, view.cast)}
    if made == {"rule": scene.rule, "params": dict(scene.params)}:
        raise BadInput("Who speaks next is found like that already.")
    return Plan([SetLabel(root.id, "rule", "", made)], f"change of who speaks next: {rule.title}")


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"params is not readable JSON ({reason(error)}); correct it.") from error


ENTRY = Operation(
    "rule",
    "change of who speaks next",
    "find in another way who speaks next, in all of the play",
    _plan,
    {
        "rule": Key("id of a speaker rule", required=True, choices=RULES.names),
        "params": Key("its settings as JSON; without, those stay that it knows, too"),
    },
)
