"""What a bench hands back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """One measured number.

    Attributes:
        value, unit: the number and what it is a number of.
        reach: the number to reach, in the same unit.
        higher: whether more is better.
        details: whatever explains the value.
    """

    name: str
    value: float
    unit: str
    reach: float
    higher: bool = True
    details: dict[str, Any] = field(default_factory=dict)

    def to_json(self, *, quiet: bool) -> dict[str, Any]:
        """The row as printed. `holds` says what was measured, whether it was quiet or not."""
        holds = self.value >= self.reach if self.higher else self.value <= self.reach
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "unit": self.unit,
            "reach": self.reach,
            "holds": holds,
            "quiet": quiet,
            **self.details,
        }


@dataclass(frozen=True)
class Bench:
    """A bench of one row: measures with a model file, in a folder of its own."""

    name: str
    title: str
    measure: Callable[[Path, Path], Row]
