"""edit_persona: a new version of a persona, played from a line on. Earlier lines keep theirs."""

from typing import Any

from stage.director.operations.casting import checked, with_card
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import NewCard
from stage.play.persona import BOOK, EDITABLE, edited


def _plan(view: View, given: dict[str, Any]) -> Plan:
    member, texts = view.member(given["member"]), _texts(given)
    for field in texts:
        if field not in EDITABLE:
            raise BadInput(f"A card has no text {field}; it has {', '.join(EDITABLE)}.")
    card = edited(member.persona, texts)
    if card.version == member.persona.version:
        raise BadInput(f"The {', '.join(texts)} of {member.label} reads like that already.")
    made = NewCard(card, member.persona.version)
    label = view.recast(member.id, with_card(member, card))
    checked(view, view.line, [made], label)
    return Plan([made, label], f"edit of {member.label}'s card")


def _texts(given: dict[str, Any]) -> dict[str, Any]:
    """What is to be changed: one field and its text, or several fields."""
    field, text, fields = given["field"], given["text"], given["fields"]
    if fields is None and field is not None and text is not None:
        return {field: text}
    if fields is None or field is not None or text is not None:
        raise BadInput("edit_persona needs field=FIELD and text=TEXT, or fields=JSON instead.")
    if not all(isinstance(each, str) or field == BOOK for field, each in fields.items()):
        raise BadInput('fields is no object of texts; write {"description": "..."}.')
    return dict(fields)


ENTRY = Operation(
    "edit_persona",
    "edit of a card",
    "change a text of a persona's card, from a line on",
    _plan,
    {
        "member": Key("whose, by name", required=True),
        "field": Key("description, personality, scenario, public, secret, ..."),
        "text": Key("what it says from now on"),
        "fields": Key("several at once instead, as JSON: field -> text", "object"),
    },
    long=True,
)
