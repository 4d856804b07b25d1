"""Samplers: an ordered chain with every number said. Stored whole with each take."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stage.kit.errors import BadInput

# name -> parameter -> (lowest, highest). Order of a chain is the order of its steps.
STEPS: dict[str, dict[str, tuple[float, float]]] = {
    "penalties": {
        "last_n": (0, 1_000_000),
        "repeat": (0.01, 100),
        "frequency": (-100, 100),
        "presence": (-100, 100),
    },
    "top_k": {"k": (0, 10_000_000)},
    "typical": {"p": (0, 1), "keep": (1, 10_000)},
    "top_p": {"p": (0, 1), "keep": (1, 10_000)},
    "min_p": {"p": (0, 1), "keep": (1, 10_000)},
    "temperature": {"t": (0, 100)},
}
SELECTORS = ("dist", "greedy")


@dataclass(frozen=True, slots=True)
class Step:
    """One sampler of a chain with all its numbers."""

    name: str
    numbers: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Sampler:
    """Steps in order and the selector that ends the chain (`dist` draws, `greedy` takes the top).

    Attributes:
        max_tokens: a take ends with reason `length` at this many tokens.
    """

    steps: tuple[Step, ...] = ()
    selector: str = "dist"
    max_tokens: int = 120

    def to_json(self) -> dict[str, Any]:
        """Write the chain as it is stored: names in order, every number, the selector last."""
        chain = [{"name": step.name, **dict(step.numbers)} for step in self.steps]
        return {"chain": [*chain, {"name": self.selector}], "max_tokens": self.max_tokens}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Sampler":
        """Read a stored or hand-written chain. Raises BadInput with the reason."""
        chain = data.get("chain", [])
        if not isinstance(chain, list) or not all(isinstance(each, dict) for each in chain):
            raise BadInput(
                "A sampler needs a list of steps called chain; write one or leave it out."
            )
        *steps, last = chain or [{"name": "dist"}]
        if last.get("name") not in SELECTORS:
            steps, last = chain, {"name": "dist"}
        limit = _number("max_tokens", data.get("max_tokens", 120), (1, 1_000_000))
        return Sampler(tuple(_step(each) for each in steps), last["name"], int(limit))


def _step(data: Mapping[str, Any]) -> Step:
    name = data.get("name")
    wanted = STEPS.get(str(name))
    if wanted is None:
        known = ", ".join([*STEPS, *SELECTORS])
        raise BadInput(f"The sampler {name!r} is not known; use one of {known}.")
    given = {key: value for key, value in data.items() if key != "name"}
    if "keep" in wanted:
        given.setdefault("keep", 1)
    if set(given) != set(wanted):
        raise BadInput(f"The sampler {name} needs exactly these numbers: {', '.join(wanted)}.")
    return Step(str(name), tuple((key, _number(key, given[key], wanted[key])) for key in wanted))


def _number(name: str, value: Any, bounds: tuple[float, float]) -> float:
    low, high = bounds
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInput(f"The sampler number {name} is {value!r}; write a number.")
    if not low <= value <= high:
        raise BadInput(f"The sampler number {name} is {value}; it must lie in {low:g} to {high:g}.")
    return value


# A base model is shown as it is; a chat model gets the usual trims (engine.md section 5).
BASE = Sampler((Step("temperature", (("t", 1.0),)),))
CHAT = Sampler(
    (
        Step("top_k", (("k", 40),)),
        Step("top_p", (("p", 0.95), ("keep", 1))),
        Step("min_p", (("p", 0.05), ("keep", 1))),
        Step("temperature", (("t", 0.8),)),
    )
)
