"""stage export: a play in another form, on standard output or into a new file."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from stage.app.command import Command, Output, clean
from stage.app.reading import reading
from stage.director.exporting import Wanted, chosen, forms, pieces, save
from stage.director.importing import sha256
from stage.formats.leaving import losses
from stage.formats.neutral import Loss


def _arguments(parser: argparse.ArgumentParser) -> None:
    names = [each.id for each in forms()]
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")
    parser.add_argument("--format", choices=names, default="markdown")
    parser.add_argument("--at", metavar="LINE", help="the path down to this line")
    parser.add_argument("--under", metavar="LINE", help="this line and all that stands under it")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write into this new file")


async def _run(args: argparse.Namespace, out: Output) -> int:
    wanted = Wanted(args.play, args.format, args.at, args.under)
    async with reading(args.library, out.note) as library:
        form, source = await chosen(library, wanted)
    lost = losses(source, form)
    if args.output is None:
        _print(pieces(form, source))
        for loss in lost:  # standard output is the file
            out.note(json.dumps(_row(loss)) if out.json else _words(loss))
        return 0
    save(pieces(form, source), args.output)
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


def _print(pieces: Iterator[str]) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    for piece in pieces:
        sys.stdout.write(piece.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


ENTRY = Command("export", "write a play as a file of some form", _arguments, _run)
