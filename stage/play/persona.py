"""A persona's card: immutable, named by its content. The JSON form is a V3 character card."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from stage.kit.canonical import canonical_in_parts, content_hash, hash_of
from stage.kit.errors import BadInput, reason
from stage.play.lore import ROLES, Entry, read_book, read_note

_OWN = ("public", "aliases", "talkativeness", "secret")
FIELDS = ("system_prompt", "description", "personality", "scenario")  # in prompt order
LAST = "post_history_instructions"


@dataclass(frozen=True)
class Persona:
    """One version of a persona.

    Attributes:
        name: the label it speaks under.
        card: the whole V3 card as read, unknown fields included.
    """

    name: str
    card: Mapping[str, Any] = field(hash=False)

    @cached_property
    def version(self) -> str:
        """The content hash of the card, which is the version's id."""
        return content_hash(self.card)

    @property
    def public(self) -> str:
        """What everyone on stage may know of it; empty unless its author said so."""
        return str(self._extension("public") or "").strip()

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names it answers to."""
        return tuple(str(each) for each in self._extension("aliases") or ())

    @property
    def greetings(self) -> tuple[str, ...]:
        """What it may open a play with, the first one first."""
        data = self.card["data"]
        others = data.get("alternate_greetings")
        said = [data.get("first_mes"), *(others if isinstance(others, list) else [others])]
        return tuple(each.strip() for each in said if isinstance(each, str) and each.strip())

    @property
    def talkativeness(self) -> float:
        """How readily it speaks, 0 to 1: its own, SillyTavern's, else 0.5."""
        extensions = self.card["data"].get("extensions") or {}
        for key in ("stage/talkativeness", "talkativeness"):
            try:
                said = float(extensions[key])
            except (KeyError, TypeError, ValueError, OverflowError):
                continue
            if 0 <= said <= 1:
                return said
        return 0.5

    @property
    def narrator(self) -> bool:
        """Whether it tells the story from outside and is no character in it."""
        return bool(self._extension("narrator"))

    @property
    def private(self) -> str:
        """What only the persona itself is told, as one paragraph."""
        said = [self.text(key) for key in (*FIELDS, LAST)]
        return " ".join(each for each in (*said[:-1], *self.secrets, said[-1]) if each)

    def text(self, key: str) -> str:
        """A text of the card as one paragraph; empty when there is none."""
        return " ".join(str(self.card["data"].get(key) or "").split())

    @property
    def secrets(self) -> tuple[str, ...]:
        """What nobody else must ever be told."""
        said = self._extension("secret")
        listed = said if isinstance(said, list) else [said]
        return tuple(" ".join(each.split()) for each in listed if isinstance(each, str) and each)

    @property
    def nickname(self) -> str:
        """What its own texts call it, when that is not its name."""
        return self.text("nickname")

    @property
    def examples(self) -> tuple[str, ...]:
        """Blocks of how it speaks, in order."""
        said = self.card["data"].get("mes_example")
        blocks = re.split(r"<start>", said, flags=re.IGNORECASE) if isinstance(said, str) else []
        return tuple(each.strip() for each in blocks if each.strip())

    @property
    def group_greetings(self) -> tuple[str, ...]:
        """What it may open a play of several with."""
        said = self.card["data"].get("group_only_greetings")
        listed = said if isinstance(said, list) else [said]
        return tuple(each.strip() for each in listed if isinstance(each, str) and each.strip())

    @property
    def tags(self) -> tuple[str, ...]:
        """Words to find it by; no prompt has them."""
        said = self.card["data"].get("tags")
        return tuple(str(each) for each in said) if isinstance(said, list) else ()

    @cached_property
    def book(self) -> tuple[Entry, ...]:
        """Its own lorebook."""
        return read_book(self.card["data"].get("character_book"), "card")

    @cached_property
    def depth_prompt(self) -> Entry | None:
        """What it is told among the last lines, at every turn; SillyTavern's."""
        return read_note((self.card["data"].get("extensions") or {}).get("depth_prompt"))

    def openings(self, *, group: bool) -> tuple[str, ...]:
        """What it may open a play with; in a play of several, greetings for a group first."""
        return (*(self.group_greetings if group else ()), *self.greetings)

    def _extension(self, name: str) -> Any:
        extensions = self.card["data"].get("extensions")
        return extensions.get(f"stage/{name}") if isinstance(extensions, dict) else None


def persona(name: str, **data: Any) -> Persona:
    """Make a persona from plain fields; Stage's own ones go under extensions."""
    extensions = {f"stage/{key}": data.pop(key) for key in _OWN if key in data}
    card = {
        "spec": "chara_card_v3",
        "spec_version": "3.0",
        "data": {"name": name, "extensions": extensions, **data},
    }
    return from_card(card, where=name)


def from_card(card: Any, *, where: str) -> Persona:
    """Check a V3 card and make a Persona of it.

    Args:
        card: parsed JSON.
        where: the file or name shown in an error.

    Raises:
        BadInput: with what is wrong and what to do.
    """
    data = card.get("data") if isinstance(card, dict) else None
    if not isinstance(data, dict) or card.get("spec") != "chara_card_v3":
        raise BadInput(f"The persona {where} is not a V3 character card; export it again as V3.")
    name = data.get("name")
    if not isinstance(name, str) or not name.strip():
        raise BadInput(f"The persona {where} has no name; give its card a name.")
    check_label(name)
    try:
        written = canonical_in_parts(card)
        written.decode("utf-8")
    except (ValueError, TypeError, RecursionError) as error:
        raise BadInput(
            f"The persona {where} holds a value that is no text, number or list; correct it."
        ) from error
    extensions = data.get("extensions", {})
    if not isinstance(extensions, dict):
        raise BadInput(f"The persona {where} has extensions that are not an object; correct them.")
    aliases = extensions.get("stage/aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(each, str) for each in aliases):
        raise BadInput(f"The persona {where} has aliases that are not a list of names; correct it.")
    made = Persona(name.strip(), card)
    vars(made)["version"] = hash_of(written)  # a card of many entries is not written once more
    return made


def read_card(text: str, *, where: str) -> Persona:
    """Parse the JSON text of a card. Raises BadInput."""
    try:
        return from_card(json.loads(text), where=where)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"The persona {where} is not readable JSON ({reason(error)}); repair it."
        ) from error


_LISTS = ("alternate_greetings", "group_only_greetings", "tags")
_NOTE = {  # SillyTavern's depth prompt: field -> key
    "depth_prompt": "prompt", "depth_prompt_depth": "depth", "depth_prompt_role": "role",
}  # fmt: skip
BOOK = "character_book"
EDITABLE = (
    "name", "description", "personality", "scenario", "system_prompt", "post_history_instructions",
    "first_mes", "mes_example", "nickname", "creator_notes", "public", "secret", "aliases",
    "talkativeness", *_LISTS, *_NOTE, BOOK,
)  # fmt: skip
BETWEEN = "---"  # a row of this stands between two greetings


def edited(persona: Persona, texts: Mapping[str, Any]) -> Persona:
    """A persona with some texts of its card changed; what is not changed both cards share.

    Args:
        texts: by field, each one of EDITABLE. Stage's own lie under extensions; names and tags
            are written with commas, greetings with a row of --- between them; the lorebook is an
            object, or JSON of one.

    Raises:
        BadInput: the card is none any more.
    """
    data = dict(persona.card["data"])
    for field_, text in texts.items():
        if field_ in _OWN:
            data["extensions"] = {**_extended(data), f"stage/{field_}": _read_own(field_, text)}
        elif field_ in _NOTE:
            data["extensions"] = {**_extended(data), "depth_prompt": _noted(data, field_, text)}
        elif field_ in _LISTS:
            data[field_] = comma_list(text) if field_ == "tags" else _greetings(text)
        elif field_ == BOOK:
            data[field_] = _read_book(text)
        else:
            data[field_] = text
    return from_card({**persona.card, "data": data}, where=str(data.get("name", "")))


def _extended(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return data.get("extensions") or {}


def editable(persona: Persona, field_: str) -> Any:
    """A field as it is taken by `edited`: a text, or the lorebook; empty when there is none."""
    data = persona.card["data"]
    if field_ == "talkativeness":
        return f"{persona.talkativeness:g}"
    if field_ in _NOTE:
        return str(_note(data).get(_NOTE[field_], ""))
    value = persona._extension(field_) if field_ in _OWN else data.get(field_)
    if field_ == BOOK:
        return value if isinstance(value, dict) else {}
    if isinstance(value, list):
        between = ", " if field_ in ("aliases", "tags") else f"\n{BETWEEN}\n"
        return between.join(map(str, value))
    return str(value or "")


def _read_own(name: str, text: str) -> Any:
    if name == "public":
        return text
    if name == "secret":
        return _greetings(text)
    if name != "talkativeness":
        return comma_list(text)
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise BadInput(f"talkativeness is {text!r}; it must be a number from 0 to 1.")
    return share


def _note(data: Mapping[str, Any]) -> dict[str, Any]:
    found = (data.get("extensions") or {}).get("depth_prompt")
    return dict(found) if isinstance(found, Mapping) else {}


def _noted(data: Mapping[str, Any], field_: str, text: str) -> dict[str, Any]:
    """A card's depth prompt with one key changed; an empty text puts back what is usual."""
    note, key, said = _note(data), _NOTE[field_], text.strip()
    if key == "depth" and said and not (said.isascii() and said.isdecimal() and len(said) < 5):
        raise BadInput(f"The depth is {said!r}; write how many lines stand after it, such as 4.")
    if key == "role" and said and said not in ROLES:
        raise BadInput(f"The role is {said!r}; it must be one of {', '.join(ROLES)}.")
    if key == "prompt":
        return {**note, key: text}
    note.pop(key, None)
    return {**note, key: int(said) if key == "depth" else said} if said else note


def comma_list(text: str) -> list[str]:
    """What stands between commas."""
    return [each.strip() for each in text.split(",") if each.strip()]


def _greetings(text: str) -> list[str]:
    blocks = re.split(rf"^{BETWEEN}[ \t]*$", text, flags=re.MULTILINE)
    return [each.strip() for each in blocks if each.strip()]


def _read_book(given: Any) -> Any:
    try:
        book = json.loads(given or "{}") if isinstance(given, str) else given
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"The lorebook is not readable JSON ({reason(error)}); correct it."
        ) from error
    if not isinstance(book, dict) or (book and not isinstance(book.get("entries"), list)):
        raise BadInput("The lorebook is no object with a list of entries; correct it.")
    return book


Change = tuple[str, Any, Any]  # what it is of, as it was, as it is; None where it is not


def differences(old: Persona, new: Persona) -> list[Change]:
    """What two versions say differently: fields with their values."""
    one, two = (_flat(each) for each in (old, new))
    keys = dict.fromkeys([*one, *two])
    return [(key, one.get(key), two.get(key)) for key in keys if one.get(key) != two.get(key)]


def _flat(persona: Persona) -> dict[str, Any]:
    data = dict(persona.card["data"])
    extensions = data.pop("extensions", {}) or {}
    return {**data, **{f"extensions.{key}": value for key, value in extensions.items()}}


def check_label(label: str) -> None:
    """Refuse labels that could not stand before a line: newline, colon, over 40 characters."""
    if not label.strip() or len(label) > 40 or any(mark in label for mark in ":\n\r[]"):
        raise BadInput(
            f"The name {label[:60]!r} cannot label a line; "
            "use at most 40 characters without colon, square bracket or line break."
        )
