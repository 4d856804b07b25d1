"""summarise: an actor, or a person, sums up old lines; prompts hold the summary in their place."""

from collections.abc import Sequence
from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.director.turns.performing import Turn
from stage.kit.errors import BadInput
from stage.play.audience import heard_all
from stage.play.cast import Member
from stage.play.changes import NewLine, SetLabel, SetShown
from stage.play.line import Kind, Line
from stage.play.prompting.frame import heard


def _plan(view: View, given: dict[str, Any]) -> Plan:
    above, member = still(view.line), view.member(given["member"])
    covers = [line.id for line in covered(view.path(), member, given["last"])]
    words = f"summary by {member.label}"
    if given["text"] is None:
        models = (given["model"] or member.actor.model or next(iter(view.scene.models), ""),)
        if models[0] not in view.scene.models:
            raise BadInput(f"The play has no model called {models[0]}; or write text=TEXT.")
        turn = Turn(above.id, member.id, models, seed=given["seed"], covers=tuple(covers))
        return Plan(words=words, turn=turn)
    new, ears = view.fresh(), heard_all(view.path(), covers, view.cast)
    line = NewLine(
        new, above.id, Kind.NARRATION, member.id, given["text"], ears, member.persona.version,
        {"operation": "summarise", "of": covers}, member.layer,
    )  # fmt: skip
    return Plan([line, SetLabel(new, "summary", "", covers), SetShown(above.id, new)], words)


def covered(path: Sequence[Line], member: Member, last: str) -> list[Line]:
    """What a member heard of a path up to a line, but for what is summed up already.

    Raises:
        BadInput: there is too little of it to be summed up.
    """
    ids = [line.id for line in path]
    if last not in ids:
        raise BadInput(f"The line {last} is not above this one; name the last line to sum up.")
    known, early = heard(path, member), set(ids[: ids.index(last) + 1])
    before = {each for line in known for each in line.covers}
    open_ = [each for each in known if each.id in early and each.id not in before]
    found = [each for each in open_ if each.kind is not Kind.OOC]
    if len(found) < 2:
        raise BadInput(f"{member.label} has heard fewer than two lines to sum up there.")
    return found


ENTRY = Operation(
    "summarise",
    "summary",
    "sum up old lines, so that prompts hold the summary in their place",
    _plan,
    {
        "member": Key("who sums up what it has heard, by name", required=True),
        "last": Key("the last line to be summed up", "line", required=True),
        "text": Key("the summary; none: the member's model writes it"),
        "model": Key("the scene's name of a model that writes it"),
        "seed": Key("seed of what the model writes", "count"),
    },
)
