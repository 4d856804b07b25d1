"""A scene for lines whose own is lost: who spoke, by the cards that are left, played by people."""

from collections.abc import Iterable, Mapping
from typing import Any

from stage.kit import clock
from stage.kit.canonical import canonical
from stage.kit.ids import new_id
from stage.play.cast import Actor, ActorKind, Cast, Member, fold
from stage.play.line import Kind, Status
from stage.play.persona import Persona, persona
from stage.play.scene import Scene
from stage.store import lines

Row = dict[str, Any]


def scene(title: str, speakers: Mapping[str, Persona | None]) -> Scene:
    """A scene with a member for each id, named after its card, or "Somebody" where that is lost."""
    members: list[Member] = []
    taken: set[str] = set()
    for number, (id_, card) in enumerate(speakers.items()):
        name = card.name if card else "Somebody"
        label = name if fold(name) not in taken else f"{name[:30]} {number + 1}"
        taken.add(fold(label))
        known = card or persona(label)
        members.append(Member(id_, label, known, Actor(ActorKind.HUMAN), number % 7))
    words = " ".join(title.split()) or "Salvaged"
    return Scene(words, "", {}, Cast(members), (), "manual", 0, 1, (), None)


def cards(made: Scene, known: Iterable[str | None]) -> list[Row]:
    """Records of the cards that had to be made."""
    there, rows = {*known}, list[Row]()
    for member in made.cast:
        card = member.persona
        if card.version not in there:
            there.add(card.version)
            owner = new_id()
            rows.append({"type": "persona", "id": owner, "name": card.name})
            rows.append({
                "type": "persona_version", "hash": card.version, "persona": owner, "parent": None,
                "card": canonical(card.card).decode(), "made": clock.now(),
            })  # fmt: skip
    return rows


def root(made: Scene, play: str, date: str, when: float) -> Row:
    """The record of the scene's line."""
    row: Row = {"type": "message", **dict.fromkeys(lines.HASHED), "parent": None}
    payload = lines.text_of({**made.to_json(), "date": date, "play_seed": 0})
    row |= {"id": new_id(), "play": play, "kind": str(Kind.SCENE), "text": "", "payload": payload}
    row |= {"status": str(Status.COMPLETE), "made": when}
    return {**row, "hash": lines.message_hash(None, row)}
