"""ghost: what becomes of a line that a model began to say for somebody else.

Keep it as it is, give it to that persona's own actor, fork both ways, or leave it. The raw text
of the line that was cut stays whole whatever is chosen.
"""

from typing import Any

from stage.director.operations.enter import ENTRY as ENTER
from stage.director.operations.operation import Key, Operation, Plan, View, Voiced
from stage.director.turns.performing import Turn
from stage.kit.errors import BadInput
from stage.play.audience import present
from stage.play.changes import Change, NewLine, SetLabel
from stage.play.ghosts import HandOver, handed_over
from stage.play.speaking.rule import Decision

CHOICES = ("keep", "give", "fork", "leave", "show")


def _plan(view: View, given: dict[str, Any]) -> Plan:
    line, choice = view.told(), given["choice"]
    said = view.spoken.get(line.id)
    over = None if said is None else handed_over(said, str(line.speaker), view.cast)
    if over is None:
        raise BadInput(f"{view.whose()} does not go over to somebody else; there is no ghost.")
    if choice == "leave":
        words = f"leaving of the ghost line in {view.whose()}"
        return Plan([SetLabel(line.id, "ghost", value="left")], words)
    if choice == "show":
        return Plan(voiced=Voiced(line.id))
    changes, parent, speaker = _entrance(view, over)
    mark = view.fresh()
    kept = Voiced(line.id, parent, speaker, mark) if choice in ("keep", "fork") else None
    turn = _turn(view, over, parent, speaker, mark) if choice in ("give", "fork") else None
    words = f"{choice} of {over.name}'s ghost line"
    return Plan(changes, words, turn, kept)


def _entrance(view: View, over: HandOver) -> tuple[list[Change], str, str]:
    """Let whom the ghost is for come on stage first, where needed: (changes, parent, id)."""
    line = view.line
    there = present(view.path(), view.cast)
    if over.member is not None and over.member in there:
        return [], line.id, over.member
    stub = over.member is None
    name = over.name if stub else str(view.cast.label(over.member))
    keys = {"member": name, "stub": stub, **({"model": line.model} if stub else {})}
    plan = ENTER.plan(view, ENTER.arguments(keys))
    enters = next(each for each in plan.changes if isinstance(each, NewLine))
    return [*plan.changes], enters.id, str(enters.speaker)


def _turn(view: View, over: HandOver, parent: str, speaker: str, mark: str) -> Turn:
    """The turn of the one whose line was begun, by its own actor and in its own view."""
    member = next((each for each in view.cast if each.id == speaker), None)
    if member is not None and member.actor.model is None:
        raise BadInput(f"No model plays {member.label}: write the line, or keep the ghost.")
    own = view.line.model if member is None else member.actor.model
    reason = f"the model of {view.cast.label_of(view.line)} began a line of {over.name}"
    decision = Decision((speaker,), "ghost", reason)
    return Turn(parent, speaker, (str(own),), decision=decision, mark=mark)


ENTRY = Operation(
    "ghost",
    "ghost line",
    "choose what becomes of a line that was begun for somebody else",
    _plan,
    {
        "choice": Key(
            "keep it; give it to that persona's actor; fork both; leave it; only show it",
            required=True,
            choices=CHOICES,
        ),
    },
    reads=True,
)
