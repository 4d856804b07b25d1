"""Samplers: an ordered chain with every number said. Stored whole with each take."""

import contextlib
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from stage.kit.errors import BadInput

Value = float | str | tuple[str, ...] | tuple[tuple[int, float], ...]
Kind = tuple[float, float] | Literal["text", "texts", "biases"]

# name -> parameter -> (lowest, highest) or what it holds. Order of a chain is that of its steps;
# this is the order llama.cpp's makers recommend.
STEPS: dict[str, dict[str, Kind]] = {
    "logit_bias": {"biases": "biases"},
    "grammar": {"text": "text", "root": "text"},
    "penalties": {
        "last_n": (0, 1_000_000),
        "repeat": (0.01, 100),
        "frequency": (-100, 100),
        "presence": (-100, 100),
    },
    "dry": {
        "multiplier": (0, 100),
        "base": (1, 100),
        "allowed": (0, 1_000_000),
        "last_n": (0, 1_000_000),
        "breakers": "texts",
    },
    "top_n_sigma": {"n": (0, 100)},
    "top_k": {"k": (0, 10_000_000)},
    "typical": {"p": (0, 1), "keep": (1, 10_000)},
    "top_p": {"p": (0, 1), "keep": (1, 10_000)},
    "min_p": {"p": (0, 1), "keep": (1, 10_000)},
    "xtc": {"p": (0, 1), "threshold": (0, 1), "keep": (1, 10_000)},
    "temperature": {"t": (0, 100)},
    "dynamic_temperature": {"t": (0, 100), "delta": (0, 100), "exponent": (0.01, 100)},
}
SELECTORS: dict[str, dict[str, Kind]] = {
    "dist": {},
    "greedy": {},
    "mirostat": {"tau": (0, 100), "eta": (0, 1), "m": (1, 10_000)},
    "mirostat_v2": {"tau": (0, 100), "eta": (0, 1)},
    "adaptive_p": {"target": (0, 1), "decay": (0, 0.99)},
}
# What need not be written; the numbers are llama.cpp's own defaults.
DEFAULTS: dict[str, Any] = {
    "keep": 1,
    "root": "root",
    "breakers": ["\n", ":", '"', "*"],
    "exponent": 1.0,
    "m": 100,
}
LONGEST = 100_000  # characters of a grammar
USUAL = "usual"  # names no steps: those that go with the kind of model


@dataclass(frozen=True, slots=True)
class Step:
    """One sampler of a chain with all its numbers (and texts, where it has some)."""

    name: str
    numbers: tuple[tuple[str, Value], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write it as it is stored."""
        return {"name": self.name, **{key: _listed(value) for key, value in self.numbers}}


@dataclass(frozen=True, slots=True)
class Sampler:
    """Steps in order and the selector that ends the chain (`dist` draws, `greedy` takes the top).

    Attributes:
        max_tokens: a take ends with reason `length` at this many tokens.
        settings: numbers of the selector.
        usual: the steps are those that are usual for the kind of model; only the length is its own.
    """

    steps: tuple[Step, ...] = ()
    selector: str = "dist"
    max_tokens: int = 120
    settings: tuple[tuple[str, Value], ...] = ()
    usual: bool = False

    def to_json(self) -> dict[str, Any]:
        """Write the chain as it is stored: names in order, every number, the selector last."""
        if self.usual:
            return {"preset": USUAL, "max_tokens": self.max_tokens}
        chain = [*self.steps, Step(self.selector, self.settings)]
        return {"chain": [step.to_json() for step in chain], "max_tokens": self.max_tokens}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Sampler":
        """Read a stored or hand-written chain. Raises BadInput with the reason."""
        limit = _number("max_tokens", data.get("max_tokens", 120), (1, 1_000_000))
        if "preset" in data:
            return replace(_preset(data), max_tokens=int(limit))
        chain = data.get("chain", [])
        if not isinstance(chain, list) or not all(isinstance(each, dict) for each in chain):
            raise BadInput(
                "A sampler needs a list of steps called chain; write one or leave it out."
            )
        *steps, last = chain or [{"name": "dist"}]
        if str(last.get("name")) not in SELECTORS:
            steps, last = chain, {"name": "dist"}
        end = _read(last, SELECTORS)
        found = tuple(_read(each, STEPS) for each in steps)
        return Sampler(found, end.name, int(limit), end.numbers)


def _listed(value: Value) -> Any:
    if isinstance(value, tuple):
        return [list(each) if isinstance(each, tuple) else each for each in value]
    return value


def _preset(data: Mapping[str, Any]) -> Sampler:
    name = data["preset"]
    if name == USUAL and "chain" not in data:
        return Sampler(usual=True)
    if "chain" in data or not isinstance(name, str) or name not in PRESETS:
        known = ", ".join(PRESETS)
        raise BadInput(f"The sampler preset {name!r} must be one of {known}, and without a chain.")
    return PRESETS[name]


def _read(data: Mapping[str, Any], table: Mapping[str, Mapping[str, Kind]]) -> Step:
    name = data.get("name")
    wanted = table.get(str(name))
    if wanted is None:
        known = ", ".join([*STEPS, *SELECTORS])
        raise BadInput(f"The sampler {name!r} is not known; use one of {known}.")
    given = {key: value for key, value in data.items() if key != "name"}
    for key in wanted.keys() & DEFAULTS.keys():
        given.setdefault(key, DEFAULTS[key])
    if set(given) != set(wanted):
        needs = ", ".join(wanted) or "none"
        raise BadInput(f"The sampler {name} needs exactly these numbers: {needs}.")
    return Step(str(name), tuple((key, _value(key, given[key], wanted[key])) for key in wanted))


def _value(name: str, value: Any, kind: Kind) -> Value:
    if kind == "text":
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
            raise BadInput(f"The sampler's {name} must be a text of 1 to {LONGEST} characters.")
        return value
    if kind == "texts":
        if not isinstance(value, list) or not all(isinstance(e, str) and e for e in value):
            raise BadInput(f"The sampler's {name} must be a list of texts that are not empty.")
        return tuple(value)
    if kind == "biases":
        return _biases(value)
    return _number(name, value, kind)


def _biases(value: Any) -> Value:
    pairs: list[Any] = value if isinstance(value, list) else [None]
    if not all(isinstance(each, list) and len(each) == 2 for each in pairs):
        raise BadInput("The biases of logit_bias must be a list of pairs [token id, bias].")
    return tuple(
        (int(_number("token id", token, (0, 2**31 - 1))), _number("bias", bias, (-1000, 1000)))
        for token, bias in pairs
    )


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
PRESETS: dict[str, Sampler] = {
    "base": BASE,
    "chat": CHAT,
    "greedy": Sampler((), "greedy"),
    "careful": Sampler(
        (
            Step("min_p", (("p", 0.1), ("keep", 1))),
            Step("temperature", (("t", 0.5),)),
        )
    ),
    "wild": Sampler(
        (
            Step("dry", (("multiplier", 0.8), ("base", 1.75), ("allowed", 2), ("last_n", 1024),
                         ("breakers", tuple(DEFAULTS["breakers"])))),
            Step("min_p", (("p", 0.02), ("keep", 1))),
            Step("xtc", (("p", 0.5), ("threshold", 0.1), ("keep", 1))),
            Step("temperature", (("t", 1.2),)),
        )
    ),
}  # fmt: skip


def preset_of(sampler: Sampler) -> str | None:
    """The name of the preset that a sampler is, whatever its length; None: it is its own."""
    if sampler.usual:
        return USUAL
    wanted = replace(sampler, max_tokens=BASE.max_tokens)
    return next((name for name, each in PRESETS.items() if each == wanted), None)


_SUGGESTED = {"top_k": ("top_k", "k"), "top_p": ("top_p", "p"), "min_p": ("min_p", "p"),
              "temp": ("temperature", "t")}  # fmt: skip


def suggested(metadata: Mapping[str, Any]) -> Sampler:
    """The default of a chat model: CHAT with the numbers its file suggests, where they are sane."""
    chain = [step.to_json() for step in CHAT.steps]
    for key, (name, number) in _SUGGESTED.items():
        value = metadata.get(f"general.sampling.{key}")
        step = next(each for each in chain if each["name"] == name)
        with contextlib.suppress(BadInput):
            if value is not None:
                step.update(_read({**step, number: value}, STEPS).to_json())
    return Sampler.from_json({"chain": chain, "max_tokens": CHAT.max_tokens})


SHORT = {"temperature": "temp", "top_k": "top-k", "top_p": "top-p", "min_p": "min-p",
         "top_n_sigma": "top-n-sigma", "dynamic_temperature": "dynamic temp"}  # fmt: skip
_ALL = frozenset({"temperature", "dynamic_temperature", "penalties", "dry", "logit_bias", "dist"})
_TEXT = 200  # characters of a grammar or of biases that are told
Say = Callable[[str], str]


def brief(data: Mapping[str, Any] | None, say: Say = str) -> str:
    """A stored sampler as one phrase: "temp 1, nothing cut"; "unknown" where none is stored.

    Args:
        say: puts a word into the user's language.
    """
    chain = _chain(data)
    if not chain:
        return say("unknown")
    if chain[-1]["name"] == "greedy":
        return say("greedy, always the likeliest")
    parts = [" ".join([_short(step, say), *_numbers(step)]) for step in chain
             if step["name"] != "dist"]  # fmt: skip
    if all(step["name"] in _ALL for step in chain):
        parts.append(say("nothing cut"))
    return ", ".join(parts)


def whole(data: Mapping[str, Any] | None, say: Say = str) -> list[str]:
    """The same with every number by its name, a row a step in order, and the longest take."""
    rows = [", ".join([_short(step, say), *_named(step)]) for step in _chain(data)]
    if data and rows and "max_tokens" in data:
        rows.append(say("at most {0} tokens").format(data["max_tokens"]))
    return rows or [say("unknown")]


def _chain(data: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """Its steps as stored; of an import they may be anything."""
    chain = data.get("chain") if data else None
    steps = chain if isinstance(chain, list) else []
    return [step for step in steps if isinstance(step, Mapping) and "name" in step]


def _short(step: Mapping[str, Any], say: Say) -> str:
    name = str(step["name"])
    return say(SHORT.get(name, name.replace("_", " ")))[:_TEXT]


def _numbers(step: Mapping[str, Any]) -> Iterator[str]:
    values = (value for key, value in step.items() if key not in ("name", "keep"))
    return (f"{value:g}" for value in values if isinstance(value, int | float))


def _named(step: Mapping[str, Any]) -> Iterator[str]:
    for key, value in step.items():
        if key != "name":
            number = isinstance(value, int | float)
            yield f"{key} {value:g}" if number else f"{key} {str(value)[:_TEXT]}"
