"""Character cards V1, V2 and V3 in JSON, PNG and CHARX: read as V3, the rest kept byte for byte."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from stage.formats import charx, png
from stage.formats.splicing import spans, spliced
from stage.kit.errors import BadInput, reason
from stage.play.persona import Persona, from_card

LARGEST = 16 * 1024 * 1024
_FIRST = ("description", "personality", "scenario", "first_mes", "mes_example", "char_persona")
_KNOWN = {
    "name", "description", "personality", "scenario", "first_mes", "mes_example",
    "creator_notes", "creator", "character_version", "tags", "system_prompt",
    "post_history_instructions", "alternate_greetings", "character_book", "extensions",
    "nickname", "group_only_greetings", "creator_notes_multilingual", "source",
    "creation_date", "modification_date", "assets",
}  # fmt: skip
_SPEC = re.compile(rb'(?<!\\)"spec"\s*:\s*"chara_card_v[23]"')  # and not within a text
_USED = {"talkativeness", "depth_prompt", "fav"}  # with our own; a favourite means nothing here


@dataclass(frozen=True, slots=True)
class Imported:
    """A card as read.

    Attributes:
        text: V3 JSON; what the source wrote in it is kept byte for byte.
        version: 1, 2 or 3, as the source was.
        picture: the PNG it lay in, or that an archive has as its main icon; None for others.
        unknown: fields of the card that are kept and not used.
    """

    persona: Persona
    text: str
    version: int
    picture: bytes | None
    unknown: tuple[str, ...]


def read(data: bytes, *, where: str) -> Imported:
    """Read a card by what the bytes are, whatever the file is called. Raises BadInput."""
    if data.startswith(png.SIGNATURE):
        return _imported(_taken(png.card, data, where), where, data)
    if zipfile.is_zipfile(io.BytesIO(data)):
        made = _imported(_taken(charx.card, data, where), where, None)
        return replace(made, picture=charx.icon(data, made.persona.card["data"].get("assets")))
    try:
        return _imported(data[: LARGEST + 1].decode("utf-8-sig"), where, None)
    except UnicodeDecodeError as error:
        raise BadInput(f"{where} is no PNG, CHARX or JSON card; check the file.") from error


def sniff(head: bytes) -> float:
    """How surely a file's first bytes are those of a card, 0 to 1; the name does not count."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((png.SIGNATURE, b"PK\x03\x04")):
        return 1.0
    if not start.startswith(b"{"):
        return 0.0
    named = b'"name"' in head and any(b'"%b"' % key.encode() in head for key in _FIRST)
    return 1.0 if _SPEC.search(start) else 0.4 * named


def as_png(text: str, picture: bytes | None) -> bytes:
    """Write a V3 card into a picture, with a V2 card beside it for older programs."""
    cards = (("chara", _called(text, "chara_card_v2", "2.0")), ("ccv3", text))
    return png.with_cards(png.blank() if picture is None else picture, cards)


def _taken(take: Callable[[bytes], str], data: bytes, where: str) -> str:
    """The card that a file holds. Raises BadInput, which names the file."""
    try:
        return take(data)
    except BadInput as error:
        why = error.sentence[:1].lower() + error.sentence[1:]
        raise BadInput(f"The card {where} cannot be read: {why}") from error


def _imported(text: str, where: str, picture: bytes | None) -> Imported:
    card = _parsed(text, where)
    version = _version(card, where)
    if version == 1:
        text = f'{{"spec":"chara_card_v3","spec_version":"3.0","data":{text.strip()}}}'
    elif version == 2:
        text = _called(text, "chara_card_v3", "3.0")
    persona = from_card(_parsed(text, where), where=where)
    return Imported(persona, text, version, picture, tuple(_unused(persona.card["data"])))


def _unused(data: Mapping[str, Any]) -> Iterator[str]:
    """Fields that are kept and not used, extensions among them where they say anything."""
    yield from sorted(set(data) - _KNOWN)
    for name, value in sorted((data.get("extensions") or {}).items()):
        if value and name not in _USED and not name.startswith("stage/"):
            yield f"extensions.{name}"


def _parsed(text: str, where: str) -> Any:
    if len(text) > LARGEST:
        raise BadInput(f"The card {where} is larger than 16 MiB; make it smaller.")
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"The card {where} is not readable JSON ({reason(error)}); export it again or "
            "repair it."
        ) from error


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _version(card: Any, where: str) -> int:
    if isinstance(card, dict):
        spec = card.get("spec")
        if spec in ("chara_card_v2", "chara_card_v3") and isinstance(card.get("data"), dict):
            return 3 if spec == "chara_card_v3" else 2
        if spec is None and "name" in card and any(key in card for key in _FIRST):
            return 1
    raise BadInput(f"{where} is no character card of version 1, 2 or 3; check the file.")


def _called(text: str, spec: str, version: str) -> str:
    """The same card under another version, nothing else changed."""
    places = spans(text)
    changes = {places["spec"]: f'"{spec}"'}
    if "spec_version" in places:
        changes[places["spec_version"]] = f'"{version}"'
    else:
        changes[places["spec"]] += f',"spec_version":"{version}"'
    return spliced(text, changes)
