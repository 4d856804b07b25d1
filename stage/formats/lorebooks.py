"""Lorebooks by themselves, world info and `lorebook_v3`, read as a card has its own book."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from stage.kit.errors import BadInput, reason

LARGEST, MOST = 4 << 20, 5_000  # bytes of a file, and entries
_SPEC = re.compile(rb'(?<!\\)"spec"\s*:\s*"lorebook_v3"')
_ENTRIES = re.compile(rb'(?<!\\)"entries"\s*:\s*[\[{]')
_OPENS = re.compile(rb'\{\s*"entries"\s*:\s*[\[{]')
_PLAIN = {  # of an entry of world info, and what a card's book calls it
    "uid": "id", "key": "keys", "keysecondary": "secondary_keys", "comment": "comment",
    "content": "content", "constant": "constant", "selective": "selective",
    "order": "insertion_order",
}  # fmt: skip
_EXTRA = {  # the same of what SillyTavern itself puts under extensions
    "position": "position", "depth": "depth", "role": "role", "selectiveLogic": "selectiveLogic",
    "probability": "probability", "useProbability": "useProbability", "group": "group",
    "groupOverride": "group_override", "groupWeight": "group_weight",
    "excludeRecursion": "exclude_recursion", "preventRecursion": "prevent_recursion",
    "delayUntilRecursion": "delay_until_recursion", "scanDepth": "scan_depth",
    "caseSensitive": "case_sensitive", "matchWholeWords": "match_whole_words",
    "useGroupScoring": "use_group_scoring", "automationId": "automation_id",
    "vectorized": "vectorized", "sticky": "sticky", "cooldown": "cooldown", "delay": "delay",
    "displayIndex": "display_index", "characterFilter": "character_filter",
}  # fmt: skip
_IDLE = {  # kept, and not run: what it would do
    "useProbability": "chances of entries", "group": "groups of entries",
    "delayUntilRecursion": "recursion", "vectorized": "search by meaning",
    "sticky": "timed effects", "cooldown": "timed effects", "delay": "timed effects",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lorebook:
    """A lorebook as read.

    Attributes:
        name: as it is called in the file, "" where it is not.
        book: as a V3 card has its `character_book`.
        idle: what its entries ask for that is kept and not run.
    """

    name: str
    book: dict[str, Any]
    idle: tuple[str, ...] = ()


def sniff(head: bytes) -> float:
    """How surely a file's first bytes are those of a lorebook, 0 to 1."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{") or not _ENTRIES.search(start):
        return 0.0
    if _SPEC.search(start) or _OPENS.match(start):
        return 1.0
    return 0.6 if b'"content"' in start and re.search(rb'"keys?"\s*:', start) else 0.0


def read(data: bytes, *, where: str) -> Lorebook:
    """Read a lorebook. Raises BadInput."""
    given = _parsed(data, where)
    whole = given["data"] if given.get("spec") == "lorebook_v3" else given
    entries = whole.get("entries") if isinstance(whole, dict) else None
    world = isinstance(entries, dict)
    rows = list(entries.values()) if isinstance(entries, dict) else entries
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise BadInput(f"{where} is no lorebook: it has no list of entries; check the file.")
    if len(rows) > MOST:
        raise BadInput(f"The lorebook {where} has more than {MOST:,} entries; split it.")
    if lost := [each for each in rows if not isinstance(each.get("content"), str)]:
        raise BadInput(f"{len(lost)} entries of the lorebook {where} tell nothing; repair it.")
    name = whole.get("name")
    book = {key: value for key, value in whole.items() if key not in ("entries", "originalData")}
    made = {**book, "entries": [_entry(each) for each in rows] if world else rows}
    idle = (what for key, what in _IDLE.items() if any(_asks(each, key) for each in rows))
    return Lorebook(name if isinstance(name, str) else "", made, tuple(dict.fromkeys(idle)))


def _parsed(data: bytes, where: str) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise BadInput(f"The lorebook {where} is larger than {LARGEST >> 20} MiB; split it.")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"The lorebook {where} is not readable JSON ({reason(error)}); export it again or "
            "repair it."
        ) from error
    if not isinstance(found, dict):
        raise BadInput(f"{where} is no lorebook: it has no list of entries; check the file.")
    return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _entry(data: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of world info as SillyTavern itself writes it into a card; nothing is left out."""
    more = data.get("extensions")
    rest = {key: value for key, value in data.items()
            if key not in (*_PLAIN, *_EXTRA, "disable", "extensions")}  # fmt: skip
    extra = {new: data[old] for old, new in _EXTRA.items() if data.get(old) is not None}
    return {
        **{new: data[old] for old, new in _PLAIN.items() if old in data},
        "enabled": data.get("disable") is not True,
        "position": "after_char" if data.get("position") == 1 else "before_char",
        "use_regex": False,  # a key between strokes is a pattern all the same
        **({"case_sensitive": True} if data.get("caseSensitive") is True else {}),
        "extensions": {
            **(more if isinstance(more, dict) else {}), **extra,
            **({"stage/world": rest} if rest else {}),
        },
    }  # fmt: skip


def _asks(entry: Mapping[str, Any], key: str) -> bool:
    """Whether an entry asks for what is not run; it always does of a chance of 100."""
    if key == "useProbability":
        share = entry.get("probability")
        return bool(entry.get(key)) and isinstance(share, int | float) and share < 100
    return bool(entry.get(key))
