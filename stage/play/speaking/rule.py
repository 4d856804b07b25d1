"""What a speaker rule takes and gives."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Line

UNASKED = "no model was asked yet"


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks next and why; stored with the turn, never drawn again on regenerate.

    Attributes:
        queue: member ids in order; empty when a person must choose.
        excluded: pairs of a member id and why it could not be drawn.
        draws: the random numbers used.
        weights: pairs of a member id and its weight in the draw.
        chances: what a model expected, see chances.Chances.to_json; None: none was asked.
        newcomer: someone new was drawn, who has to be given a name.
    """

    queue: tuple[str, ...]
    rule: str
    reason: str
    excluded: tuple[tuple[str, str], ...] = ()
    draws: tuple[float, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    chances: Mapping[str, Any] | None = None
    newcomer: bool = False


class Dice(Random):
    """Numbers that depend on their key and their place only: the same on every machine."""

    def __init__(self, key: str) -> None:
        """`key` names the play's seed, the node, the rule and the attempt."""
        self._key = key
        self._count = 0
        super().__init__(0)

    def random(self) -> float:
        """The next number, 0 <= u < 1."""
        digest = hashlib.blake2b(f"{self._key}/{self._count}".encode(), digest_size=8).digest()
        self._count += 1
        return (int.from_bytes(digest) >> 11) / 2**53


def dice_seed(key: str) -> int:
    """A seed for a model's own dice, from a key like that of Dice."""
    return int(Dice(key).random() * 2**31)


Select = Callable[[Sequence[Line], Cast, Mapping[str, Any], Random], Decision]


@dataclass(frozen=True, slots=True)
class Rule:
    """A speaker rule.

    Attributes:
        select: (lines everybody heard, cast, parameters, seeded dice) -> Decision. Parameter
            `skip_humans` leaves human members out, `present` holds who is on stage.
        params: what a scene may set for it: name -> type.
        wants: what has to be asked of a model before it can select, as the parameter `chances`:
            "chances" (what it expects), "letters" (whom it would choose) or "" (nothing).
        answers: whoever it names answers by itself once a person has spoken, unless a play has
            that otherwise: what a person says is what such a rule goes by.
    """

    id: str
    title: str
    select: Select
    params: Mapping[str, type] = field(default_factory=dict)
    wants: Callable[[Sequence[Line], Cast, Mapping[str, Any]], str] = lambda *_: ""
    answers: bool = False


def eligible(cast: Cast, params: Mapping[str, Any]) -> tuple[list[str], list[tuple[str, str]]]:
    """Member ids that may be drawn, and the others with the reason."""
    drawn, excluded = [], []
    for member in cast:
        if (why := _kept_out(member.id, cast, params)) is not None:
            excluded.append((member.id, why))
        elif member.persona.narrator:
            excluded.append((member.id, "the narrator speaks only when called"))
        else:
            drawn.append(member.id)
    return drawn, excluded


def callers(cast: Cast, params: Mapping[str, Any]) -> tuple[list[str], list[tuple[str, str]]]:
    """Like eligible, but narrators may be called too."""
    drawn, excluded = [], []
    for member in cast:
        why = _kept_out(member.id, cast, params)
        if why is None:
            drawn.append(member.id)
        else:
            excluded.append((member.id, why))
    return drawn, excluded


def _kept_out(member_id: str, cast: Cast, params: Mapping[str, Any]) -> str | None:
    there = params.get("present")
    if there is not None and member_id not in there:
        return "not on stage"
    if cast[member_id].muted:
        return "muted"
    if cast[member_id].spectator:
        return "only looks on"
    if cast[member_id].human and params.get("skip_humans"):
        return "played by a person"
    return None


def last_speaker(view: Sequence[Line], among: Sequence[str]) -> str | None:
    """Who of these members spoke last."""
    return next((line.speaker for line in reversed(view) if line.speaker in among), None)


def pick(ids: Sequence[str], u: float) -> str:
    """The member at a number from 0 to 1, all alike."""
    return ids[min(int(u * len(ids)), len(ids) - 1)]


def shuffled(ids: Sequence[str], rng: Random, draws: list[float]) -> list[str]:
    """The members in a drawn order; the numbers used are added to `draws`."""
    order = list(ids)
    for place in range(len(order) - 1, 0, -1):
        draws.append(rng.random())
        other = int(draws[-1] * (place + 1))
        order[place], order[other] = order[other], order[place]
    return order
