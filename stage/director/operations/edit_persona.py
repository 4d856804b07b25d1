"""edit_persona: a new version of a persona, played from a line on. Earlier lines keep theirs."""

import copy
from typing import Any

from stage.director.operations.casting import checked, with_card
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import NewCard
from stage.play.persona import EDITABLE, edited


def _plan(view: View, given: dict[str, Any]) -> Plan:
    member = view.member(given["member"])
    if given["field"] not in EDITABLE:
        raise BadInput(f"A card has no text {given['field']}; it has {', '.join(EDITABLE)}.")
    card = edited(copy.deepcopy(dict(member.persona.card)), given["field"], given["text"])
    if card.version == member.persona.version:
        raise BadInput(f"The {given['field']} of {member.label} reads like that already.")
    made = NewCard(card, member.persona.version)
    label = view.recast(member.id, with_card(member, card))
    checked(view, view.line, [made], label)
    return Plan([made, label], f"edit of {member.label}'s card")


ENTRY = Operation(
    "edit_persona",
    "edit of a card",
    "change a text of a persona's card, from a line on",
    _plan,
    {
        "member": Key("whose, by name", required=True),
        "field": Key("description, personality, scenario, public, secret, ...", required=True),
        "text": Key("what it says from now on", required=True),
    },
)
