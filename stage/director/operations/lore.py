"""lore: entries come into the play's own book, or from a line on into that of a persona.

What was said keeps the prompts it was said after.
"""

import json
from collections.abc import Mapping
from typing import Any

from stage.director.operations.casting import checked, with_card
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import Change, NewCard, SetLabel
from stage.play.lore import read_book
from stage.play.persona import BOOK, edited


def _plan(view: View, given: dict[str, Any]) -> Plan:
    book, root = _checked(given["book"]), view.tree.root
    if root is None:
        raise BadInput("The play has no scene that a book could belong to.")
    if given["member"] is not None:
        return _own(view, given, book)
    made = book if given["replace"] else joined(view.scene.book, book)
    if made == view.scene.book:
        raise BadInput("The play's own lorebook reads like that already.")
    return Plan([SetLabel(root.id, "lore", "", made)], "change of the play's lorebook")


def _own(view: View, given: dict[str, Any], book: dict[str, Any]) -> Plan:
    member = view.member(given["member"])
    own = member.persona.card["data"].get(BOOK) or {}
    made = book if given["replace"] else joined(own, book)
    card = edited(member.persona, {BOOK: made})
    if card.version == member.persona.version:
        raise BadInput(f"The lorebook of {member.label} reads like that already.")
    new = NewCard(card, member.persona.version)
    label = view.recast(member.id, with_card(member, card))
    checked(view, view.line, [new], label)
    changes: list[Change] = [new, label]
    return Plan(changes, f"change of {member.label}'s lorebook")


def joined(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """A book with the entries of another one behind its own; the same entry is there once."""
    listed = old.get("entries")
    own = list(listed.values()) if isinstance(listed, Mapping) else list(listed or ())
    known = set(map(_written, own))
    fresh = [each for each in new["entries"] if _written(each) not in known]
    return {**new, **old, "entries": [*own, *fresh]}


def _written(entry: Any) -> str:
    """An entry as a text that is the same for the same entry."""
    return json.dumps(entry, sort_keys=True)


def _checked(book: dict[str, Any]) -> dict[str, Any]:
    entries = book.get("entries")
    if not isinstance(entries, list) or len(read_book(book, "play")) != len(entries):
        raise BadInput('book is no lorebook; write {"entries": [{"keys": [], "content": ""}]}.')
    return dict(book)


ENTRY = Operation(
    "lore",
    "change of a lorebook",
    "add entries to the play's own lorebook, or from a line on to that of a member",
    _plan,
    {
        "book": Key("JSON as a card has its character_book", "object", required=True),
        "member": Key("whose, by name; without one it is the play's own"),
        "replace": Key("it stands in place of what was there", "flag", default=False),
    },
    long=True,
)
