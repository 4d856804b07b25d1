"""stage persona: bring a character card in, write it out, look at it."""

import argparse
import re
from pathlib import Path

from stage.app.command import Command, Output, clean
from stage.director.wardrobe import known_persona, read_text
from stage.formats.cards import Imported, as_png, read
from stage.kit import paths
from stage.kit.errors import BadInput
from stage.play.cast import fold

_LARGEST = 200 * 1024 * 1024


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("import", "export", "show"), help="what to do")
    parser.add_argument("name", metavar="FILE|NAME", help="a card file to import, else a persona")
    parser.add_argument("--format", choices=("png", "json"), default="png", help="of an export")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where an export is written")


def _run(args: argparse.Namespace, out: Output) -> int:
    {"import": _import, "export": _export, "show": _show}[args.what](args, out)
    return 0


def _import(args: argparse.Namespace, out: Output) -> None:
    file = Path(args.name).expanduser()
    card = read(_bytes(file), where=str(file))
    name = re.sub(r"\W+", "-", fold(card.persona.name)).strip("-") or "persona"
    target = paths.personas() / f"{name}.json"
    if known_persona(name) is not None:
        raise BadInput(f"A persona {name} is there already; rename the card or remove {target}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if card.picture is not None:
        target.with_suffix(".png").write_bytes(card.picture)
    target.write_bytes(card.text.encode())
    _tell(name, card, out)


def _export(args: argparse.Namespace, out: Output) -> None:
    file = _known(args.name)
    text, picture = file.read_bytes().decode("utf-8-sig"), file.with_suffix(".png")
    target = args.output or Path(f"{args.name}.{args.format}")
    if args.format == "json":
        data = text.encode()
    else:
        data = as_png(text, picture.read_bytes() if picture.is_file() else None)
    try:
        with target.open("xb") as written:
            written.write(data)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise BadInput(f"{target} cannot be written ({reason}); choose another name.") from error
    out.row({"name": args.name, "file": str(target), "bytes": len(data)}, f"Written: {target}")


def _show(args: argparse.Namespace, out: Output) -> None:
    file = _known(args.name)
    _tell(args.name, read(read_text(file, "persona").encode(), where=str(file)), out)


def _tell(name: str, card: Imported, out: Output) -> None:
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
        "greetings": list(persona.greetings),
        "kept_unused": list(card.unknown),
    }
    words = [f"{key.replace('_', ' ')}: {value}" for key, value in row.items() if value]
    out.row(row, clean("\n".join(words)))


def _known(name: str) -> Path:
    file = known_persona(name)
    if file is None:
        raise BadInput(f"The persona {name} is not known; import its card first.")
    return file


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST:
            raise BadInput(f"The card file {file} is larger than 200 MiB; make it smaller.")
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise BadInput(f"The card file {file} cannot be read ({reason}); check it.") from error


ENTRY = Command("persona", "import, export or show a persona's card", _arguments, _run)
