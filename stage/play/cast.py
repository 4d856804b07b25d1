"""The cast: who takes part, and who plays them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from stage.kit.errors import BadInput
from stage.play.line import Line
from stage.play.persona import Persona, check_label
from stage.play.sampling import Sampler

WORD = re.compile(r"\w+(?:['’-]\w+)*")
LEAST = 4  # letters of a word that tells somebody of a longer name


class ActorKind(StrEnum):
    """Who produces the words of a member."""

    MODEL = "model"
    HUMAN = "human"
    SCRIPT = "script"


@dataclass(frozen=True)
class Actor:
    """A model with its sampler, a human, or a script.

    Attributes:
        model: the scene's name of a model; None for all others.
        sampler: None means the default for the kind of model (base or chat).
        frame: id of the frame; None means the default for the kind of model.
        lines: of a script, in order; after the last one the first comes again.
    """

    kind: ActorKind
    model: str | None = None
    sampler: Sampler | None = None
    frame: str | None = None
    lines: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write what is stored."""
        return {
            "kind": str(self.kind),
            "model": self.model,
            "sampler": self.sampler.to_json() if self.sampler else None,
            "frame": self.frame,
            **({"lines": list(self.lines)} if self.lines else {}),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Actor":
        """Read what to_json wrote."""
        sampler = Sampler.from_json(data["sampler"]) if data["sampler"] else None
        lines = tuple(str(each) for each in data.get("lines", ()))
        return Actor(ActorKind(data["kind"]), data["model"], sampler, data["frame"], lines)


@dataclass(frozen=True)
class Layer:
    """One of the personas of a member that plays somebody who plays somebody.

    Attributes:
        direction: what only the member is told about this layer.
        actor: None: the nearest one below plays it, too.
    """

    label: str
    persona: Persona
    direction: str = ""
    actor: Actor | None = None

    def to_json(self) -> dict[str, Any]:
        """Write what is stored; the card itself is stored apart under its version."""
        return {
            "label": self.label,
            "persona_version": self.persona.version,
            "direction": self.direction,
            "actor": self.actor.to_json() if self.actor else None,
        }

    @staticmethod
    def from_json(data: Mapping[str, Any], personas: Mapping[str, Persona]) -> "Layer":
        """Read what to_json wrote. `personas` maps version hashes to cards."""
        actor = Actor.from_json(data["actor"]) if data.get("actor") else None
        card, direction = personas[data["persona_version"]], str(data.get("direction") or "")
        return Layer(str(data["label"]), card, direction, actor)


@dataclass(frozen=True)
class Member:
    """A persona as played by an actor. Label, persona and actor are those of its top layer.

    Attributes:
        id: unique in the play, never shown.
        label: the name before its lines, unique in the play.
        persona: the card it is played from.
        actor: see Actor.
        colour: index into the eight persona colours, glyph included.
        offstage: whether the play begins without it; it takes part once it enters.
        muted: takes no turns unless it is called by hand.
        spectator: hears asides and takes no turns.
        counterpart: label of whom {{user}} means for it; None: the first person, else the
            first other member.
        beneath: the layers under the top one, the lowest (the member itself) first.
        direction: of the top layer, see Layer.
        since: the line it joined the cast with, None: it belongs to the scene.
    """

    id: str
    label: str
    persona: Persona
    actor: Actor
    colour: int = 0
    offstage: bool = False
    muted: bool = False
    spectator: bool = False
    counterpart: str | None = None
    beneath: tuple[Layer, ...] = ()
    direction: str = ""
    since: str | None = None

    @property
    def human(self) -> bool:
        """Whether a person types this member's lines."""
        return self.actor.kind is ActorKind.HUMAN

    @property
    def scripted(self) -> bool:
        """Whether its lines are written already."""
        return self.actor.kind is ActorKind.SCRIPT

    @property
    def names(self) -> tuple[str, ...]:
        """What it answers to: its label, other names, what its own texts call it."""
        known = (self.label, *self.persona.aliases, self.persona.nickname)
        return tuple(each for each in known if each.strip())

    @property
    def own_label(self) -> str:
        """The name of the member itself, whomever it plays."""
        return self.beneath[0].label if self.beneath else self.label

    @property
    def layer(self) -> str | None:
        """The name it speaks under when that is not the one the scene gives it."""
        return self.label if self.beneath or self.since else None

    @property
    def stack(self) -> tuple[Layer, ...]:
        """All of its layers, the lowest first."""
        return (*self.beneath, Layer(self.label, self.persona, self.direction, self.actor))

    def wearing(self, layers: Sequence[Layer]) -> "Member":
        """The same member with other layers above itself; none: it is itself."""
        bare = self.beneath[0] if self.beneath else self.stack[0]
        whole = [bare, *layers]
        actor = next(each.actor for each in reversed(whole) if each.actor is not None)
        top = whole[-1]
        return replace(
            self, label=top.label, persona=top.persona, actor=actor, direction=top.direction,
            beneath=tuple(whole[:-1]),
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """Write what is stored; cards are stored apart under their versions."""
        own, *layers = self.stack
        if layers:
            layers[-1] = replace(layers[-1], actor=self._top_actor)
        flags = {"offstage": self.offstage, "muted": self.muted, "spectator": self.spectator}
        texts = {"counterpart": self.counterpart, "direction": own.direction, "since": self.since}
        return {
            "id": self.id,
            "label": own.label,
            "persona_version": own.persona.version,
            "colour": self.colour,
            **{name: True for name, on in flags.items() if on},
            **{name: text for name, text in texts.items() if text},
            "actor": (own.actor or self.actor).to_json(),
            **({"layers": [each.to_json() for each in layers]} if layers else {}),
        }

    @property
    def _top_actor(self) -> Actor | None:
        """The actor of the top layer, None when a lower one plays it."""
        lower = next((each.actor for each in reversed(self.beneath) if each.actor), None)
        return None if lower == self.actor else self.actor

    @staticmethod
    def from_json(data: Mapping[str, Any], personas: Mapping[str, Persona]) -> "Member":
        """Read what to_json wrote. `personas` maps version hashes to cards."""
        bare = Member(
            data["id"], data["label"], personas[data["persona_version"]],
            Actor.from_json(data["actor"]), int(data["colour"]),
            offstage=bool(data.get("offstage")), muted=bool(data.get("muted")),
            spectator=bool(data.get("spectator")), counterpart=data.get("counterpart"),
            direction=str(data.get("direction") or ""), since=data.get("since"),
        )  # fmt: skip
        return bare.wearing([Layer.from_json(each, personas) for each in data.get("layers", ())])


class Cast:
    """Members in order. Labels are unique, whatever their case or Unicode form."""

    def __init__(self, members: Iterable[Member]) -> None:
        """Check the labels. Raises BadInput when two members could be confused."""
        self.members = tuple(members)
        self._by_id = {member.id: member for member in self.members}
        folded: dict[str, str] = {}
        for member in self.members:
            for layer in member.stack:
                check_label(layer.label)
                taken = folded.setdefault(fold(layer.label), member.id) != member.id
                if taken or len(self._by_id) != len(self.members):
                    raise BadInput(f"Two members of the cast are called {layer.label}; rename one.")
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

    @property
    def personas(self) -> tuple[Persona, ...]:
        """The cards of all layers of all members."""
        return tuple(layer.persona for member in self.members for layer in member.stack)

    def named(self, label: str) -> Member | None:
        """Find a member by label, or by that of a layer beneath, ignoring case."""
        found = self._by_label.get(fold(label))
        return self._by_id[found] if found else None

    def parts(self) -> dict[str, tuple[str, str]]:
        """Words of several-word names by which one member alone is known: (id, word), by fold."""
        words = [(member.id, word) for member in self.members for word in _words(member)]
        owners: dict[str, set[str]] = {}
        for id_, word in words:
            owners.setdefault(fold(word), set()).add(id_)
        whole = {fold(name) for member in self.members for name in member.names}
        alone = {word for word, ids in owners.items() if len(ids) == 1} - whole
        return {fold(word): (id_, word) for id_, word in words if fold(word) in alone}

    def label(self, member_id: str | None) -> str | None:
        """The label of a member id; the id itself if nobody has it."""
        if member_id is None:
            return None
        member = self._by_id.get(member_id)
        return member.label if member else member_id

    def label_of(self, line: Line) -> str | None:
        """The label a line was spoken under, whoever its speaker plays by now."""
        if line.layer is not None or line.speaker is None:
            return line.layer
        member = self._by_id.get(line.speaker)
        return member.own_label if member else line.speaker


def _words(member: Member) -> Iterator[str]:
    """The words of names that have several, short ones left out: they stand in any sentence."""
    for name in member.names:
        words = WORD.findall(name)
        yield from (each for each in words if len(words) > 1 and len(each) >= LEAST)


def fold(label: str) -> str:
    """Fold a label for comparing: NFKC and case."""
    return unicodedata.normalize("NFKC", label).casefold().strip()
