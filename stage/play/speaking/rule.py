"""What a speaker rule takes and gives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Line


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks next and why; stored with the turn, never drawn again on regenerate.

    Attributes:
        queue: member ids in order; empty when a person must choose.
        excluded: pairs of a member id and why it could not be drawn.
        draws: the random numbers used.
    """

    queue: tuple[str, ...]
    rule: str
    reason: str
    excluded: tuple[tuple[str, str], ...] = ()
    draws: tuple[float, ...] = ()


Select = Callable[[Sequence[Line], Cast, Mapping[str, Any], Random], Decision]


@dataclass(frozen=True, slots=True)
class Rule:
    """A speaker rule.

    Attributes:
        select: (lines everybody heard, cast, parameters, seeded dice) -> Decision. Parameter
            `skip_humans` leaves human members out.
    """

    id: str
    title: str
    select: Select


def eligible(cast: Cast, params: Mapping[str, Any]) -> tuple[list[str], list[tuple[str, str]]]:
    """Member ids that may be drawn, and the others with the reason."""
    drawn, excluded = [], []
    for member in cast:
        if member.human and params.get("skip_humans"):
            excluded.append((member.id, "played by a person"))
        elif member.persona.narrator:
            excluded.append((member.id, "the narrator speaks only when called"))
        else:
            drawn.append(member.id)
    return drawn, excluded
