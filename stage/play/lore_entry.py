"""An entry of a lorebook as its author writes it: what each field of it says, and changes of it.

An entry is never changed in place: versions of a card share what they have in common. Written is
what `play.lore` reads and SillyTavern writes, so that an entry means the same in both.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from stage.kit.errors import BadInput
from stage.play.lore import AT_DEPTH, DEPTH, ROLES, read_book
from stage.play.persona import comma_list

Entry = Mapping[str, Any]
PLACES = ("before", "after", "deep")  # of the card; among the last lines
MOST = 10_000  # lines
_TEXTS = {"keys": "keys", "second": "secondary_keys", "speakers": "stage/speakers"}
_FLAGS = {
    "constant": "constant", "enabled": "enabled", "pattern": "use_regex", "exact": "case_sensitive",
    "whole": "match_whole_words",
}  # fmt: skip
_NUMBERS = {"order": "insertion_order", "priority": "priority"}
_COUNTS = {"depth": "depth", "scan": "scan_depth"}
_BESIDE = frozenset({"speakers", "whole", "depth", "scan", "role"})  # what lies under extensions
_KEY = re.compile(r"\s*(/(?:\\.|[^/\\])+/[a-z]*(?=\s*(?:,|$))|[^,]*)", re.DOTALL)
FIELDS = ("name", "content", "logic", "place", "role", *_TEXTS, *_FLAGS, *_NUMBERS, *_COUNTS)


def fresh(order: int) -> dict[str, Any]:
    """An entry that says nothing yet."""
    return {
        "keys": [], "content": "", "extensions": {}, "enabled": True, "insertion_order": order,
        "use_regex": False,
    }  # fmt: skip


def written(entry: Entry, field: str) -> Any:
    """What a field says, as it is taken by `rewritten`: a text, a flag, or one of its choices."""
    if field == "name":
        return str(entry.get("name") or entry.get("comment") or "")
    if field == "content":
        return str(entry.get("content") or "")
    if field in _FLAGS and field != "enabled":
        return _at(entry, field, _FLAGS[field]) is True
    if field in _TEXTS:
        return _listed(_at(entry, field, _TEXTS[field]))
    if field in _NUMBERS:
        value = entry.get(_NUMBERS[field])
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return f"{value:g}" if number else ""
    if field in _COUNTS:
        value = _at(entry, field, _COUNTS[field])
        return "" if value is None else str(value)
    return _meant(entry, field)


def _meant(entry: Entry, field: str) -> Any:
    """What the engine takes a field to say: a choice that stands in more than one key."""
    read = read_book({"entries": [{**entry, "content": ""}]}, "card")[0]
    if field == "enabled":
        return read.enabled
    if field == "logic":
        return read.logic
    if field == "role":
        return read.role
    return "deep" if read.depth is not None else read.position.removesuffix("_char")


def rewritten(entry: Entry, field: str, value: Any) -> dict[str, Any]:
    """A copy of an entry in which a field says another thing; what it does not name stays.

    Raises:
        BadInput: it cannot say that, in one sentence.
    """
    made = dict(entry)
    if field in _BESIDE:
        key = {**_TEXTS, **_FLAGS, **_COUNTS}.get(field, field)
        made["extensions"] = _put(_extra(entry), key, _value(field, value))
    elif field == "name":
        made["comment" if "name" not in entry and "comment" in entry else "name"] = value
    elif field in _MORE:
        _MORE[field](made, value)
    else:
        key = {**_TEXTS, **_FLAGS, **_NUMBERS}.get(field, field)
        made = _put(made, key, _value(field, value))
    return made


def _value(field: str, value: Any) -> Any:
    if field in _TEXTS:
        return _keys(value) if field != "speakers" else comma_list(value) or None
    if field in _NUMBERS:
        return _number(field, value.strip())
    if field == "role":
        return ROLES.index(value)  # a number, as SillyTavern has it
    return _count(field, value.strip()) if field in _COUNTS else value


def _put(data: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """With a key set; None takes it away."""
    rest = {name: each for name, each in data.items() if name != key or value is not None}
    return {**rest, key: value} if value is not None else rest


def _enabled(made: dict[str, Any], on: bool) -> None:
    made["enabled"] = on
    if "disable" in made:
        made["disable"] = not on


def _second(made: dict[str, Any], words: str) -> None:
    """Words that are asked for, too, count from then on; none do not."""
    had = bool(made.get("secondary_keys"))
    made["secondary_keys"] = _keys(words)
    if bool(made["secondary_keys"]) != had:
        made["selective"] = not had


def _logic(made: dict[str, Any], logic: int | None) -> None:
    made["selective"] = logic is not None
    if logic is not None:
        made["extensions"] = {**_extra(made), "selectiveLogic": logic}


def _place(made: dict[str, Any], place: str) -> None:
    extra = {**_extra(made), "position": AT_DEPTH if place == "deep" else PLACES.index(place)}
    if place == "deep":
        extra.setdefault("depth", DEPTH)
    else:
        made["position"] = f"{place}_char"
    made["extensions"] = extra


_MORE: Mapping[str, Callable[[dict[str, Any], Any], None]] = {
    "enabled": _enabled, "second": _second, "logic": _logic, "place": _place,
}  # fmt: skip


def _number(field: str, said: str) -> int | float | None:
    try:
        found = float(said) if said else None
    except ValueError:
        found = float("nan")
    if found is None:
        return None
    if not abs(found) < 1e9:
        raise BadInput(f"The {field} {said[:20]!r} is no number; write one such as 100.")
    return int(found) if found.is_integer() else found


def _count(field: str, said: str) -> int | None:
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) < 6 and int(said) <= MOST):
        what = "The depth" if field == "depth" else "How many lines are looked at,"
        raise BadInput(f"{what} {said[:20]!r} is no whole number from 0 to 10,000; write one.")
    return int(said)


def _extra(entry: Entry) -> Mapping[str, Any]:
    extra = entry.get("extensions")
    return extra if isinstance(extra, Mapping) else {}


def _at(entry: Entry, field: str, key: str) -> Any:
    return (_extra(entry) if field in _BESIDE else entry).get(key)


def _listed(value: Any) -> str:
    texts = [value] if isinstance(value, str) else value
    return ", ".join(map(str, texts)) if isinstance(texts, list) else ""


def _keys(text: str) -> list[str]:
    """Words between commas or rows; a pattern between strokes may have commas in it."""
    found = (each.strip() for row in text.split("\n") for each in _KEY.findall(row))
    return [each for each in found if each]


def changes(old: Any, new: Any) -> list[tuple[str, Entry | None, Entry | None]]:
    """Entries that two books tell otherwise: (what it is called, as it was, as it is).

    One stands for another where both have the same id, else the same name; None: there is none.
    """
    one, two = _entries(old), _entries(new)
    same = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), None)
    start = min(len(one), len(two)) if same is None else same
    there = {_key(each): each for each in one[start:]}
    found = []
    for each in two[start:]:
        before = there.pop(_key(each), None)
        if before != each:
            found.append((_called(each), before, each))
    return [*found, *((_called(each), each, None) for each in there.values())]


def _entries(book: Any) -> list[Entry]:
    entries = book.get("entries") if isinstance(book, Mapping) else None
    rows = entries.values() if isinstance(entries, Mapping) else entries
    return (
        [each for each in rows if isinstance(each, Mapping)] if isinstance(rows, Iterable) else []
    )


def _key(entry: Entry) -> str:
    id_ = entry.get("id")
    return _called(entry) if id_ is None else f"id {id_}"


def _called(entry: Entry) -> str:
    return str(written(entry, "name") or written(entry, "keys"))
