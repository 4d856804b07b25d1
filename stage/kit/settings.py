"""Preferences: a typed dataclass and a TOML file; keys we do not know are kept."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass
class Settings:
    """What a user prefers. Nothing that shapes a scene is kept here.

    Attributes:
        scheme: "auto" (as the desktop), "light" or "dark".
        spoken_size: size of spoken text, in pixels at 96 dpi.
        fan_out: takes that "Fan out" asks of each model, 2 to 16.
        colour_tokens: whether the tokens of spoken text are coloured.
        colour_by: by "surprise", "entropy" or "difference" (of two models).
        keys: id of a key preset, a file in resources/keys.
        enter_speaks: whether Enter says what is typed; Shift+Enter makes a new row then.
        warm_models: whether a play's models are loaded when it is opened.
        watched: folders, searched at any depth, and files in which models are looked for.
        unknown: keys of the file that this version does not know, kept as they are.
    """

    scheme: str = "auto"
    spoken_size: float = 15.5
    fan_out: int = 4
    colour_tokens: bool = False
    colour_by: str = "surprise"
    keys: str = "stage"
    enter_speaks: bool = False
    warm_models: bool = True
    watched: list[str] = field(default_factory=list)
    unknown: dict[str, Any] = field(default_factory=dict)


_RANGES: dict[str, tuple[float, float]] = {"spoken_size": (9, 40), "fan_out": (2, 16)}
_CHOICES = {
    "scheme": ("auto", "light", "dark"),
    "colour_by": ("surprise", "entropy", "difference"),
}


def load(file: Path) -> Settings:
    """Read the file; whatever is missing or unusable has its default."""
    data, _ = _read(file)
    return from_mapping(data)


def fault(file: Path) -> str:
    """What is wrong with the file, in one sentence; "" where it is sound, or not there."""
    data, why = _read(file)
    if why:
        kept = _aside(file).name
        return (
            f"The settings {file} cannot be read ({why}); correct that file. Until then the usual "
            f"ones hold, and a change in Settings begins a new one, the old one kept as {kept}."
        )
    usual = Settings()
    bad = [n for n in data if n in _names() and not _fits(n, data[n], getattr(usual, n))]
    if not bad:
        return ""
    return f"In the settings {file} no use can be made of {', '.join(bad)}; the usual ones hold."


def from_mapping(data: Mapping[str, Any]) -> Settings:
    """Take over what fits; everything else is kept under `unknown`."""
    made = Settings()
    for name, value in data.items():
        if name in _names() and _fits(name, value, getattr(made, name)):
            setattr(made, name, type(getattr(made, name))(value))
        elif name not in _names():
            made.unknown[name] = value
    return made


def save(settings: Settings, file: Path) -> None:
    """Write the file, unknown keys included. Raises OSError."""
    values = asdict(settings)
    unknown = values.pop("unknown")
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(to_toml({**values, **unknown}), "utf-8")
    if _read(file)[1]:  # what somebody wrote by hand is not lost for a slip
        file.replace(_aside(file))
    fresh.replace(file)


def keep(settings: Settings, since: Settings, file: Path) -> Settings:
    """Write what was changed since; all else is taken over as the file has it now.

    The command line may have changed the file while a window held the settings.

    Returns:
        A copy of what is kept, to be `since` next time. Raises OSError.
    """
    now = load(file)
    for name in _names():
        if getattr(settings, name) == getattr(since, name):
            setattr(settings, name, getattr(now, name))
    settings.unknown = now.unknown
    save(settings, file)
    return deepcopy(settings)


def to_toml(data: Mapping[str, Any], above: str = "") -> str:
    """Write a mapping as TOML: plain values first, then tables."""
    rows = [f"{_key(key)} = {_value(each)}" for key, each in data.items() if not _table(each)]
    for key, each in data.items():
        if _table(each):
            name = f"{above}{_key(key)}"
            rows += ["", f"[{name}]", to_toml(each, f"{name}.").rstrip("\n")]
    return "\n".join(rows) + "\n"


def _read(file: Path) -> tuple[dict[str, Any], str]:
    """What stands in the file, and why it cannot be read."""
    try:
        return tomllib.loads(file.read_text("utf-8")), ""
    except FileNotFoundError:
        return {}, ""
    except (OSError, ValueError, RecursionError) as error:
        return {}, getattr(error, "strerror", None) or str(error)


def _aside(file: Path) -> Path:
    return file.with_suffix(".bad.toml")


def _names() -> set[str]:
    return {each.name for each in fields(Settings)} - {"unknown"}


def _fits(name: str, value: Any, default: Any) -> bool:
    if isinstance(default, list):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, float | int):
        low, high = _RANGES[name]
        whole = isinstance(default, float) or isinstance(value, int)
        return isinstance(value, int | float) and whole and low <= value <= high
    return isinstance(value, str) and value in _CHOICES.get(name, (value,))


def _table(value: Any) -> bool:
    return isinstance(value, dict)


def _key(name: str) -> str:
    plain = name.replace("-", "").replace("_", "")
    return name if plain.isalnum() and plain.isascii() else _text(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items())
        return "{" + pairs + "}"
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def _text(text: str) -> str:
    short = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    written = (
        short.get(char) or (f"\\u{ord(char):04x}" if ord(char) < 32 or char == "\x7f" else char)
        for char in text
    )
    return '"' + "".join(written) + '"'
