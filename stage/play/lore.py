"""Lorebooks: what a persona knows once somebody speaks of it (personas.md, section 5).

An entry fires, in this order: enabled, for this speaker, told to by a decorator, constant, a
key in the viewer's last lines, the logic of its second keys. What no room is left for is the
budget's business. Keys that are patterns run with a limit of time; patterns come out of files.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

PATIENCE = 0.05  # seconds for one pattern
DEPTH = 4  # lines that are looked at unless told otherwise
_LONGEST = 1000  # code points of a pattern
_MOST = 20_000  # code points that are looked at, the last ones
_DECORATOR = re.compile(r"@@@?([a-z_]+)[ \t]*([^\n]*)(?:\n|$)")
_RUN = {
    "activate", "dont_activate", "constant", "depth", "role", "scan_depth", "position",
    "additional_keys", "exclude_keys",
}  # fmt: skip
_SLASHED = re.compile(r"/(.+)/([a-z]*)", re.DOTALL)
AT_DEPTH = 4  # SillyTavern's number for "among the last lines"
ROLES = ("system", "user", "assistant")
_POSITIONS = {"before_desc": "before_char", "after_desc": "after_char"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a book as its author wrote it, decorators read.

    Attributes:
        book: "card" or "play".
        name: for the log: its name, comment, id or first key.
        logic: of second keys: 0 any, 1 not all, 2 none, 3 all; None: they do not matter.
        depth: put before so many last lines; None: around the card.
        speakers: names it is for, or not for where `others` is set; empty: everyone.
        allowance: tokens that all entries of its book may take.
        idle: decorators that are kept and not run.
    """

    book: Literal["card", "play"]
    name: str
    content: str
    keys: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    logic: int | None = None
    enabled: bool = True
    constant: bool = False
    told: bool | None = None
    pattern: bool = False
    exact: bool = False
    whole: bool = False
    order: float = 0.0
    priority: float = 0.0
    position: str = "before_char"
    scan: int = DEPTH
    depth: int | None = None
    role: str = "system"
    speakers: tuple[str, ...] = ()
    others: bool = False
    allowance: int | None = None
    idle: tuple[str, ...] = ()

    @property
    def everybody(self) -> bool:
        """Whether all on stage know it at any time, so that it may stand in the shared part."""
        always = self.enabled and self.constant and self.told is None and self.depth is None
        return always and self.book == "play" and not self.speakers and "{{" not in self.content


@dataclass(frozen=True, slots=True)
class Fired:
    """An entry that is to be told, and the key that fired it ("constant" or a decorator)."""

    entry: Entry
    key: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What is looked at.

    Attributes:
        names: of the viewer: label and aliases.
        lines: the viewer's lines as (name, text), oldest first.
    """

    names: tuple[str, ...]
    lines: Sequence[tuple[str, str]] = field(default_factory=tuple)

    def text(self, depth: int) -> str:
        """The last lines, each marked with its speaker."""
        chosen = self.lines[-depth:] if depth > 0 else ()
        return "\n".join(f"\x01{name}: {text}" for name, text in chosen)[-_MOST:]


class _Heard:
    """What is looked at, put together once for the very many entries of a book."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._known: dict[int, tuple[str, str]] = {}
        self.names = frozenset(each.casefold() for each in scan.names)

    def at(self, depth: int) -> tuple[str, str]:
        """The text of the last lines, and the same without cases."""
        if depth not in self._known:
            text = self._scan.text(depth)
            self._known[depth] = text, text.casefold()
        return self._known[depth]


def entries_of(data: Any) -> int:
    """How many entries a book has that may not have been read yet."""
    entries = data.get("entries") if isinstance(data, Mapping) else None
    return len(entries) if isinstance(entries, Mapping | list) else 0


def read_book(data: Any, book: Literal["card", "play"]) -> tuple[Entry, ...]:
    """Read a V3 `character_book`; what is no entry is left out, as cards come from anywhere."""
    if not isinstance(data, Mapping):
        return ()
    entries = data.get("entries")
    rows = entries.values() if isinstance(entries, Mapping) else entries
    depth, allowance = _whole(data.get("scan_depth"), DEPTH), data.get("token_budget")
    most = allowance if isinstance(allowance, int) and allowance > 0 else None
    listed = list(rows) if isinstance(rows, Iterable) and not isinstance(rows, str) else []
    return tuple(
        _entry(each, book, number, depth, most)
        for number, each in enumerate(listed, 1)
        if isinstance(each, Mapping) and isinstance(each.get("content"), str)
    )


def read_note(data: Any) -> Entry | None:
    """Read SillyTavern's `depth_prompt` {prompt, depth, role}: told always, that deep."""
    if not isinstance(data, Mapping) or not isinstance(data.get("prompt"), str):
        return None
    content = data["prompt"].strip()
    depth, role = _whole(data.get("depth"), DEPTH), _role(data.get("role"))
    note = Entry("card", "depth prompt", content, constant=True, depth=depth, role=role)
    return note if content else None


def fired(entries: Iterable[Entry], scan: Scan) -> list[Fired]:
    """The entries that fire, none twice, in the order they are told in.

    A card's own entry beats one of the play's with the same words or the same name.
    """
    found: list[Fired] = []
    said: set[str] = set()
    owned: set[str] = set()
    heard = _Heard(scan)
    for entry in sorted(entries, key=lambda each: each.book != "card"):
        own, content = entry.book == "card", entry.content.strip()
        if content in said or (not own and entry.name in owned):
            continue
        key = _key(entry, heard)
        if key is not None:
            found.append(Fired(entry, key))
            said.add(content)
            owned |= {entry.name} if own else set()
    return sorted(found, key=lambda each: each.entry.order)


def _key(entry: Entry, heard: _Heard) -> str | None:
    """What fires an entry now; None: nothing does."""
    if not entry.enabled or not entry.content.strip() or not _meant(entry, heard.names):
        return None
    text = heard.at(entry.scan)
    if entry.told is not None:
        return "@@activate" if entry.told else None
    if any(_occurs(each, text, entry) for each in entry.excluded):
        return None
    if entry.constant:
        return "constant"
    key = next((each for each in entry.keys if _occurs(each, text, entry)), None)
    return key if key is not None and _second(entry, text) else None


def _meant(entry: Entry, names: frozenset[str]) -> bool:
    if not entry.speakers:
        return True
    wanted = {each.casefold() for each in entry.speakers}
    return bool(wanted & names) != entry.others


def _second(entry: Entry, text: tuple[str, str]) -> bool:
    if entry.logic is None or not entry.second:
        return True
    found = [_occurs(each, text, entry) for each in entry.second]
    return {0: any(found), 1: not all(found), 2: not any(found), 3: all(found)}[entry.logic]


def _occurs(key: str, heard: tuple[str, str], entry: Entry) -> bool:
    key, (text, folded) = key.strip(), heard
    if not key:
        return False
    slashed = _SLASHED.fullmatch(key) if key[0] == "/" else None
    if slashed:
        return _matches(slashed[1], text, exact="i" not in slashed[2])
    if entry.pattern:
        return _matches(key, text, exact=entry.exact)
    if not entry.exact:
        key, text = key.casefold(), folded
    if entry.whole and " " not in key:
        return re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text) is not None
    return key in text


def _matches(pattern: str, text: str, *, exact: bool) -> bool:
    """Whether a pattern out of a file matches; a broken or a slow one does not."""
    if len(pattern) > _LONGEST:
        return False
    import regex  # slow to import, and few books have patterns

    flags = regex.MULTILINE if exact else regex.MULTILINE | regex.IGNORECASE
    try:
        return regex.search(pattern, text, flags, timeout=PATIENCE) is not None
    except (regex.error, TimeoutError, RecursionError, OverflowError, MemoryError, ValueError):
        return False


# ------------------------------------------------------------------ reading


def _entry(
    data: Mapping[str, Any], book: Literal["card", "play"], number: int, scan: int, most: int | None
) -> Entry:
    more = data.get("extensions")
    extra: Mapping[str, Any] = more if isinstance(more, Mapping) else {}
    content, told = _decorated(str(data["content"]))
    keys, second = _texts(data.get("keys")), _texts(data.get("secondary_keys"))
    logic = _whole(extra.get("selectiveLogic", data.get("selectiveLogic")), 0)
    given = data.get("name") or data.get("comment") or data.get("id") or (keys or ("",))[0]
    speakers, others = _speakers(data, extra)
    activate = True if "activate" in told else None
    return Entry(
        book=book,
        name=" ".join(str(given or f"entry {number}").split())[:60],
        content=content,
        keys=(*keys, *_listed(told.get("additional_keys"))),
        second=second,
        excluded=_listed(told.get("exclude_keys")),
        logic=min(max(logic, 0), 3) if data.get("selective") and second else None,
        enabled=data.get("enabled") is not False and data.get("disable") is not True,
        constant=data.get("constant") is True or "constant" in told,
        told=False if "dont_activate" in told else activate,
        pattern=data.get("use_regex") is True,
        exact=data.get("case_sensitive") is True,
        whole=extra.get("match_whole_words") is True,
        order=_number(data.get("insertion_order")),
        priority=_number(data.get("priority")),
        position=_position(told.get("position"), data.get("position")),
        scan=_whole(told.get("scan_depth"), _whole(extra.get("scan_depth"), scan)),
        depth=_deep(told, extra),
        role=_role(told.get("role", extra.get("role"))),
        speakers=speakers,
        others=others,
        allowance=most,
        idle=tuple(name for name in told if name not in _RUN),
    )


def _decorated(content: str) -> tuple[str, dict[str, str]]:
    """Take the decorators off the head of a content. Of `@@@` ones those known count."""
    told: dict[str, str] = {}
    while (found := _DECORATOR.match(content)) is not None:
        if not content.startswith("@@@") or (found[1] in _RUN and found[1] not in told):
            told[found[1]] = found[2].strip()
        content = content[found.end() :]
    return content, told


def _position(told: str | None, given: Any) -> str:
    word = _POSITIONS.get((told or "").strip())
    return word or ("after_char" if given in ("after_char", 1) else "before_char")


def _deep(told: Mapping[str, str], extra: Mapping[str, Any]) -> int | None:
    """Before how many last lines: a decorator says so, else SillyTavern's position 4."""
    if "depth" in told:
        return _whole(told["depth"], DEPTH)
    return _whole(extra.get("depth"), DEPTH) if extra.get("position") == AT_DEPTH else None


def _role(given: Any) -> str:
    """A role by its name, or by SillyTavern's number of it."""
    named = ROLES[given] if type(given) is int and 0 <= given < len(ROLES) else given
    return named.strip() if isinstance(named, str) and named.strip() in ROLES else ROLES[0]


def _speakers(data: Mapping[str, Any], extra: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
    own = _texts(extra.get("stage/speakers"))
    if own:
        return own, False
    other = extra.get("character_filter") or data.get("characterFilter")
    if not isinstance(other, Mapping):
        return (), False
    return _texts(other.get("names")), other.get("isExclude") is True


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if _is_list(value) else ()


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _listed(words: str | None) -> tuple[str, ...]:
    return tuple(each.strip() for each in (words or "").split(",") if each.strip())


def _whole(value: Any, default: int) -> int:
    try:
        return max(0, min(int(value), 10_000)) if value is not None else default
    except (TypeError, ValueError, OverflowError):
        return default


def _number(value: Any) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
    return float(value) if good else 0.0
