"""bind: what the scene calls a model is played by another file from now on.

What was said stays as it was said: its record names the file that said it.
"""

from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import SetLabel


def _plan(view: View, given: dict[str, Any]) -> Plan:
    root, name = view.tree.root, given["model"]
    if root is None or name not in view.scene.models:
        known = ", ".join(view.scene.models)
        raise BadInput(f"The play has no model called {name}; it has {known}.")
    if not given["file"].strip():
        raise BadInput("The file is empty; write file=FILE.")
    return Plan([SetLabel(root.id, "model", name, given["file"])], f"binding of the model {name}")


ENTRY = Operation(
    "bind",
    "binding",
    "let another file be the model that the scene calls by a name",
    _plan,
    {
        "model": Key("the scene's name of a model", required=True),
        "file": Key("the model file", required=True),
    },
)
