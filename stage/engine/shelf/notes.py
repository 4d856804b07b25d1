"""What a user has settled about models: base or chat, and how each is loaded.

Kept by content in a file of its own, so a model that is renamed or moved keeps it. Keys that
are not known stay in the file.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from stage.engine.orders import LoadSettings
from stage.engine.shelf.card import Card
from stage.kit import paths
from stage.kit.errors import BadInput
from stage.kit.settings import to_toml

KINDS = ("base", "chat")
CACHES = ("f16", "q8_0", "q4_0")
NUMBERS: dict[str, tuple[int, int]] = {
    "gpu_layers": (0, 10_000),
    "context": (64, 16_777_216),
    "cells": (256, 16_777_216),
    "takes": (1, 64),
}
ENTRIES = ("kind", *NUMBERS, "kv", "map_file")
Entries = Mapping[str, Any]


def noted(card: Card) -> Entries:
    """What is settled about a model; nothing for most."""
    found = _read().get(card.identity, {})
    return found if isinstance(found, dict) else {}


def applied(card: Card) -> Card:
    """The card as the user sees the model: an own word on base or chat overrules the vote."""
    kind = noted(card).get("kind")
    if kind not in KINDS:
        return card
    told = f"you said so (the file's own words: {card.kind})"
    return replace(card, kind=kind, reasons=(told, *card.reasons))


def settings_for(card: Card, asked: LoadSettings) -> LoadSettings:
    """How a model is loaded: what was asked for, else what is settled about it, else as usual."""
    usual, entries = LoadSettings(), noted(card)
    own = {
        name: entries[name]
        for name in ENTRIES
        if name != "kind" and name in entries and getattr(asked, name) == getattr(usual, name)
    }
    try:
        return replace(asked, **{name: _checked(name, value) for name, value in own.items()})
    except BadInput as error:
        raise BadInput(f"What is set for {card.name} cannot be used: {error.sentence}") from error


def settle(card: Card, words: Sequence[str]) -> Entries:
    """Note pairs "key=value" about a model; "key=auto" forgets one. Returns all that is settled.

    Raises BadInput for what makes no sense, and nothing is noted.
    """
    entries = dict(noted(card))
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or name not in ENTRIES:
            raise BadInput(f"{word} is not KEY=VALUE with a key of {', '.join(ENTRIES)}.")
        entries.pop(name, None)
        if text != "auto":
            entries[name] = _checked(name, _value(text))
    whole = {**_read(), card.identity: {**entries, "name": card.name}}
    if not set(entries) - {"name"}:
        del whole[card.identity]
    _write(whole)
    return entries


def _value(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else text


def _checked(name: str, value: Any) -> Any:
    if name in NUMBERS:
        low, high = NUMBERS[name]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise BadInput(f"{name} must be a whole number from {low} to {high}, or auto.")
    elif name == "map_file":
        if not isinstance(value, bool):
            raise BadInput("map_file must be true or false, or auto.")
    else:
        known = KINDS if name == "kind" else CACHES
        if value not in known:
            raise BadInput(f"{name} must be one of {', '.join(known)}, or auto.")
    return value


def _read() -> dict[str, Any]:
    try:
        return tomllib.loads(paths.models().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}


def _write(whole: Mapping[str, Any]) -> None:
    file = paths.models()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_text(to_toml(whole), "utf-8")
        fresh.replace(file)
    except OSError as error:
        raise BadInput(f"{file} cannot be written ({error.strerror}); check the disk.") from error
