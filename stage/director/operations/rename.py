"""rename: the play gets another title. Its prompts keep the one they were made with."""

from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import SetTitle


def _plan(view: View, given: dict[str, Any]) -> Plan:
    title = " ".join(given["title"].split())
    if not title:
        raise BadInput("The title is empty; write title=TITLE.")
    return Plan([SetTitle(title)], "renaming of the play")


ENTRY = Operation(
    "rename",
    "renaming",
    "give the play another title",
    _plan,
    {"title": Key("the new title", required=True)},
)
