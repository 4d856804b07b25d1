"""The cast: who takes part, and who plays them."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from stage.kit.errors import BadInput
from stage.play.persona import Persona, check_label
from stage.play.sampling import Sampler


class ActorKind(StrEnum):
    """Who produces the words of a member."""

    MODEL = "model"
    HUMAN = "human"


@dataclass(frozen=True)
class Actor:
    """A model with its sampler, or a human.

    Attributes:
        model: the scene's name of a model; None for a human.
        sampler: None means the default for the kind of model (base or chat).
        frame: id of the frame; None means the default for the kind of model.
    """

    kind: ActorKind
    model: str | None = None
    sampler: Sampler | None = None
    frame: str | None = None


@dataclass(frozen=True)
class Member:
    """A persona as played by an actor.

    Attributes:
        id: unique in the play, never shown.
        label: the name before its lines, unique in the play.
        persona: the card it is played from.
        actor: see Actor.
        colour: index into the eight persona colours, glyph included.
        offstage: whether the play begins without it; it takes part once it enters.
    """

    id: str
    label: str
    persona: Persona
    actor: Actor
    colour: int = 0
    offstage: bool = False

    @property
    def human(self) -> bool:
        """Whether a person types this member's lines."""
        return self.actor.kind is ActorKind.HUMAN

    def to_json(self) -> dict[str, Any]:
        """Write what is stored; the card itself is stored apart under its version."""
        sampler = self.actor.sampler
        return {
            "id": self.id,
            "label": self.label,
            "persona_version": self.persona.version,
            "colour": self.colour,
            **({"offstage": True} if self.offstage else {}),
            "actor": {
                "kind": str(self.actor.kind),
                "model": self.actor.model,
                "sampler": sampler.to_json() if sampler else None,
                "frame": self.actor.frame,
            },
        }

    @staticmethod
    def from_json(data: dict[str, Any], persona: Persona) -> "Member":
        """Read what to_json wrote."""
        actor = data["actor"]
        sampler = Sampler.from_json(actor["sampler"]) if actor["sampler"] else None
        played = Actor(ActorKind(actor["kind"]), actor["model"], sampler, actor["frame"])
        colour, offstage = int(data["colour"]), bool(data.get("offstage"))
        return Member(data["id"], data["label"], persona, played, colour, offstage)


class Cast:
    """Members in order. Labels are unique, whatever their case or Unicode form."""

    def __init__(self, members: Iterable[Member]) -> None:
        """Check the labels. Raises BadInput when two members could be confused."""
        self.members = tuple(members)
        self._by_id = {member.id: member for member in self.members}
        folded: dict[str, str] = {}
        for member in self.members:
            check_label(member.label)
            if fold(member.label) in folded or len(self._by_id) != len(self.members):
                raise BadInput(f"Two members of the cast are called {member.label}; rename one.")
            folded[fold(member.label)] = member.id
        self._by_label = folded

    def __iter__(self) -> Iterator[Member]:
        """Yield members in cast order."""
        return iter(self.members)

    def __getitem__(self, member_id: str) -> Member:
        """Return a member by id; raises KeyError."""
        return self._by_id[member_id]

    def __contains__(self, member_id: object) -> bool:
        """Tell whether that member id takes part."""
        return member_id in self._by_id

    def named(self, label: str) -> Member | None:
        """Find a member by label, ignoring case."""
        found = self._by_label.get(fold(label))
        return self._by_id[found] if found else None

    def label(self, member_id: str | None) -> str | None:
        """The label of a member id; the id itself if nobody has it."""
        if member_id is None:
            return None
        member = self._by_id.get(member_id)
        return member.label if member else member_id


def fold(label: str) -> str:
    """Fold a label for comparing: NFKC and case."""
    return unicodedata.normalize("NFKC", label).casefold().strip()
