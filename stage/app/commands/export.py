"""stage export: a play in another form, on standard output or into a new file."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from stage.app.command import Command, Output, clean
from stage.director.importing import sha256
from stage.formats import FORMATS
from stage.formats.format import Format, Source
from stage.formats.leaving import losses
from stage.formats.neutral import Loss
from stage.kit.errors import BadInput, KnownError
from stage.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    names = [each.id for each in FORMATS if each.write]
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")
    parser.add_argument("--format", choices=names, default="markdown")
    parser.add_argument("--at", metavar="LINE", help="the path down to this line")
    parser.add_argument("--under", metavar="LINE", help="this line and all that stands under it")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write into this new file")


async def _run(args: argparse.Namespace, out: Output) -> int:
    form = FORMATS[args.format]
    library = await Library.open(args.library, mode="read")
    try:
        source = await _source(library, form, args.play, args.at, args.under)
    finally:
        await library.close()
    if form.write is None:
        raise BadInput(f"{form.title} can only be read; choose another format.")
    lost = losses(source, form)
    if args.output is None:
        _print(form.write(source))
        for loss in lost:  # standard output is the file
            out.note(json.dumps(_row(loss)) if out.json else _words(loss))
        return 0
    _save(form.write(source), args.output)
    for loss in lost:
        out.row(_row(loss), _words(loss))
    row = {"event": "written", "file": str(args.output), "format": form.id,
           "sha256": sha256(args.output)}  # fmt: skip
    out.row(row, f"Written: {args.output}")
    return 0


def _row(loss: Loss) -> dict[str, object]:
    return {"event": "loss", **asdict(loss)}


def _words(loss: Loss) -> str:
    times = f" ({loss.count} times)" if loss.count > 1 else ""
    return clean(f"{'Not kept' if loss.severity == 'dropped' else 'Changed'}: {loss.text}{times}")


async def _source(
    library: Library, form: Format, play: str, leaf: str | None, top: str | None
) -> Source:
    if top is not None and (leaf is not None or form.lossless):
        raise BadInput("--under goes without --at, and not with the form that keeps everything.")
    scene, _, _ = await library.scene(play)
    tree = await library.tree(play)
    for each in (leaf, top):
        if each is not None and each not in tree:
            raise BadInput(f"The play has no line {each}; see stage tree {play}.")
    records = [row async for row in library.dump(play)] if form.lossless else ()
    whole = (form.whole and leaf is None) or top is not None
    return Source(play, scene, tree, leaf, whole=whole, top=top, records=records)


def _print(pieces: Iterator[str]) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    for piece in pieces:
        sys.stdout.write(piece.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def _save(pieces: Iterator[str], target: Path) -> None:
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.exists():
            raise BadInput(f"The file {target} exists already; name a new one.")
        with draft.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        draft.rename(target)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KnownError(f"{target} cannot be written ({reason}); name another file.") from error
    finally:
        draft.unlink(missing_ok=True)


ENTRY = Command("export", "write a play as Markdown or JSON lines", _arguments, _run)
