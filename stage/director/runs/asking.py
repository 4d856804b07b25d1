"""What a run asks for: so many takes of some members by some models after one line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stage.director.opened import OpenPlay
from stage.director.records import RunTake
from stage.director.turns.performing import Turn
from stage.kit.errors import BadInput
from stage.play.cast import Member

MOST = 64  # takes of each member by each model


@dataclass(frozen=True, slots=True)
class Asked:
    """Members, models and takes that are multiplied.

    Attributes:
        members: ids.
        models: the scene's names.
        seed: of the takes; None: drawn from the play's own.
    """

    members: tuple[str, ...]
    models: tuple[str, ...]
    takes: int
    seed: int | None = None

    @property
    def total(self) -> int:
        """How many takes that is."""
        return len(self.members) * len(self.models) * self.takes

    def to_json(self) -> dict[str, Any]:
        """As it is written down with each take."""
        return {"members": list(self.members), "models": list(self.models),
                "takes": self.takes, "seed": self.seed}  # fmt: skip

    def turns(self, line: str, mark: str) -> list[Turn]:
        """The turns it is made in, one a member: each has a prompt of its own."""
        told = self.to_json()
        return [
            Turn(line, each, self.models, self.takes, self.seed, mark=mark, asked=told)
            for each in self.members
        ]


def asked_of(told: Mapping[str, Any] | None, takes: Sequence[RunTake]) -> Asked:
    """What was asked for; of takes that do not say so, as many as there are."""
    if told is not None:
        who, by = (tuple(str(each) for each in told[name]) for name in ("members", "models"))
        return Asked(who, by, int(told["takes"]), told.get("seed"))
    members, models = _each(each.speaker for each in takes), _each(each.model for each in takes)
    return Asked(members, models, -(-len(takes) // max(1, len(members) * len(models))))


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def able(play: OpenPlay, line: str) -> list[Member]:
    """The members that a model can play after a line."""
    there = play.present(line)
    return [each for each in play.cast(line) if _played(each) and each.id in there]


def _played(member: Member) -> bool:
    return not (member.human or member.scripted)


def check(play: OpenPlay, line: str, asked: Asked) -> None:
    """Raise BadInput where that cannot be asked for after a line."""
    if line not in play.tree:
        raise BadInput(f"The play has no line {line}.")
    if not asked.members or not asked.models:
        raise BadInput("Nobody is asked to speak; choose a member and a model.")
    if not 1 <= asked.takes <= MOST:
        raise BadInput(f"{asked.takes} takes are asked for; ask for 1 to {MOST}.")
    known = {each.id for each in able(play, line)}
    if lost := next((each for each in asked.members if each not in known), None):
        raise BadInput(f"No model can play {lost} after that line; choose another member.")
    if lost := next((each for each in asked.models if each not in play.models), None):
        raise BadInput(f"The play has no model called {lost}; it has {', '.join(play.models)}.")
