"""What a cast brings along from the play that it was in: samplers, forms, directions, lorebook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stage.play.cast import Layer
from stage.play.sampling import USUAL


@dataclass
class Brought:
    """What is true of a new play because it was of another one; nothing at first.

    Attributes:
        book: the lorebook of that play.
    """

    book: Mapping[str, Any] = field(default_factory=dict)
    _members: dict[str, tuple[str, Layer]] = field(default_factory=dict)

    def remember(self, name: str, actor: str, member: Layer) -> None:
        """Bring what a member was played with.

        Args:
            name: of its persona.
            actor: by whom it is played.
            member: the member itself, under all whom it plays.
        """
        self._members[name] = actor, member

    def of(self, name: str, actor: str) -> dict[str, Any]:
        """What a scene says of a member besides who plays it.

        How the words of one model are chosen is true of no other; how long they may get is.
        """
        if name not in self._members:
            return {}
        before, member = self._members[name]
        told: dict[str, Any] = {"direction": member.direction} if member.direction else {}
        if member.actor is None:
            return told
        if member.actor.frame is not None:
            told["frame"] = member.actor.frame
        sampler = member.actor.sampler
        if sampler is not None:
            length = {"preset": USUAL, "max_tokens": sampler.max_tokens}
            told["sampler"] = sampler.to_json() if actor == before else length
        return told
