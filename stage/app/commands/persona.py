"""stage persona: bring a character card in, write it out, look at it and at its versions."""

import argparse
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from stage.app.command import Command, Output, clean
from stage.app.reading import Note, reading, silent
from stage.director.cards import bring_in, own_card, write_out, written
from stage.director.wardrobe import load_persona
from stage.formats.cards import Imported, read
from stage.kit.errors import BadInput
from stage.play.persona import Persona, differences
from stage.store.library import Version


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=tuple(_WHAT), help="what to do")
    parser.add_argument("name", metavar="FILE|NAME", help="a card file to import, else a persona")
    parser.add_argument("other", nargs="?", metavar="OTHER", help="of a diff: the other version")
    parser.add_argument("--format", choices=("png", "json"), default="png", help="of an export")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where an export is written")


def _run(args: argparse.Namespace, out: Output) -> int | Awaitable[int]:
    if (args.what == "diff") != (args.other is not None):
        raise BadInput("Two names go with diff, one with everything else.")
    return _WHAT[args.what](args, out)


def _import(args: argparse.Namespace, out: Output) -> int:
    name, card = bring_in(Path(args.name).expanduser())
    return _tell(name, card, out, [])


async def _export(args: argparse.Namespace, out: Output) -> int:
    text, picture, _ = await _card(args.library, args.name, out.note)
    target = args.output or Path(f"{args.name.removeprefix('b2:')}.{args.format}")
    size = write_out(text, picture, target, args.format)
    out.row({"name": args.name, "file": str(target), "bytes": size}, f"Written: {target}")
    return 0


async def _show(args: argparse.Namespace, out: Output) -> int:
    text, _, versions = await _card(args.library, args.name, out.note)
    return _tell(args.name, read(text.encode(), where=args.name), out, versions)


async def _card(library: Path, name: str, note: Note) -> tuple[str, bytes | None, list[str]]:
    """A card file's text and picture, else the newest version that the library has of a name.

    Returns:
        The text, the picture, and the hashes of the versions in the library.
    """
    found, own = await _of_library(library, name, note), own_card(name)
    versions = [each.hash for each in found]
    if own is not None:
        return (*own, versions)
    if not found:
        raise BadInput(
            f"The persona {name} is not known, neither as a card nor in the library; import its "
            "card first."
        )
    return (*written(found[-1].persona), versions)


async def _versions(args: argparse.Namespace, out: Output) -> int:
    """Every version that the library has, with the fields that changed."""
    found = await _of_library(args.library, args.name, out.note)
    if not found:
        raise BadInput(f"The library has no persona {args.name}; see stage persona show.")
    cards = {each.hash: each.persona for each in found}
    for each in found:
        parent = cards.get(str(each.parent))
        changed = [] if parent is None else [key for key, _, _ in differences(parent, each.persona)]
        row = {
            "version": each.hash,
            "parent": each.parent,
            "made": each.made,
            "label": each.persona.name,
            "changed": changed,
        }
        words = f"changed: {', '.join(changed)}" if changed else "as it came"
        out.row(row, clean(f"{each.hash}  {each.persona.name}  {words}"))
    return 0


async def _diff(args: argparse.Namespace, out: Output) -> int:
    old = await _version(args.library, args.name, out.note)
    new = await _version(args.library, args.other, silent)
    for field, one, two in differences(old, new):
        row = {"field": field, "old": one, "new": two}
        out.row(row, clean(f"{field}:\n- {_shown(one)}\n+ {_shown(two)}"))
    return 0


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


async def _version(library: Path, name: str, note: Note) -> Persona:
    """A version by its hash, else the newest of a name in the library, else a card file."""
    found = await _of_library(library, name, note)
    if found:
        return found[-1].persona
    return load_persona(name, beside=Path())


async def _of_library(path: Path, name: str, note: Note) -> list[Version]:
    if not _there(path):
        return []
    async with reading(path, note) as library:
        return await library.versions(name)


def _there(path: Path) -> bool:
    return path.exists()


def _tell(name: str, card: Imported, out: Output, versions: Sequence[str]) -> int:
    persona = card.persona
    row = {
        "name": name,
        "label": persona.name,
        "persona_version": persona.version,
        "card_version": card.version,
        "public": persona.public,
        "private": persona.private,
        "aliases": list(persona.aliases),
        "talkativeness": persona.talkativeness,
        "nickname": persona.nickname,
        "tags": list(persona.tags),
        "greetings": list(persona.greetings),
        "examples": list(persona.examples),
        "lore": [entry.name for entry in persona.book],
        "kept_unused": list(card.unknown),
        "in_library": list(versions),
    }
    words = [f"{key.replace('_', ' ')}: {_listed(value)}" for key, value in row.items() if value]
    out.row(row, clean("\n".join(words)))
    return 0


def _listed(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


_WHAT: dict[str, Callable[[argparse.Namespace, Output], int | Awaitable[int]]] = {
    "import": _import, "export": _export, "show": _show, "versions": _versions, "diff": _diff,
}  # fmt: skip
ENTRY = Command("persona", "import, export, show or compare a persona's cards", _arguments, _run)
