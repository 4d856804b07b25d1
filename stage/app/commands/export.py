"""stage export: a play in another form, on standard output or into a new file."""

import argparse
import json
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from stage.app.command import Command, Output, clean
from stage.app.reading import reading
from stage.director.exporting import Wanted, chosen, forms, hits, pieces, save
from stage.director.importing import sha256
from stage.engine.worker.aside import aside
from stage.formats.format import Format, Source
from stage.formats.leaving import losses
from stage.formats.neutral import Loss, Losses
from stage.kit.errors import BadInput
from stage.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    names = [each.id for each in forms()]
    parser.add_argument("play", nargs="?", metavar="PLAY", help="the id of a play, see stage plays")
    parser.add_argument(
        "--format", choices=names, default="markdown", help="in csv a text that a spreadsheet "
        "would take for a formula, or that begins with ', has a ' before it: take that one away"
    )  # fmt: skip
    parser.add_argument("--at", metavar="LINE", help="the path down to this line (default: "
                        "the one that counts, else the one last visited)")  # fmt: skip
    parser.add_argument("--under", metavar="LINE", help="this line and all that stands under it")
    parser.add_argument("--all", action="store_true", help="every play (--format tokens)")
    parser.add_argument(
        "--search", nargs="+", metavar="WORDS", help="the lines found, see stage search (tokens)"
    )
    parser.add_argument("--prompts", action="store_true", help="with whole prompts (tokens)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write into this new file")


async def _run(args: argparse.Namespace, out: Output) -> int:
    if sum(map(bool, (args.play, args.all, args.search))) != 1:
        raise BadInput("Name one play, or --all, or what to --search for.")
    async with reading(args.library, out.note) as library:
        found = [await chosen(library, each) async for each in _wanted(library, args)]
        if not found:
            raise BadInput("No line fits, so there is nothing to export.")
        form = found[0][0]
        if not args.play and not form.detailed:
            raise BadInput(f"{form.title} holds one play; use --format tokens for several.")
        await aside(lambda: _write(form, [source for _, source in found], args.output, out))
    return 0


async def _wanted(library: Library, args: argparse.Namespace) -> AsyncIterator[Wanted]:
    if args.play:
        yield Wanted(args.play, args.format, args.at, args.under, prompts=args.prompts)
    elif args.search:
        for play, ids in (await hits(library, " ".join(args.search))).items():
            yield Wanted(play, args.format, only=ids, prompts=args.prompts)
    else:
        for row in await library.plays():
            yield Wanted(row.id, args.format, prompts=args.prompts)


def _write(form: Format, sources: Iterable[Source], target: Path | None, out: Output) -> None:
    written = chain.from_iterable(pieces(form, each) for each in sources)
    lost = _together(losses(each, form) for each in sources)
    if target is None:
        _print(written)
        for loss in lost:  # standard output is the file
            out.note(json.dumps(_row(loss)) if out.json else _words(loss))
        return
    save(written, target)
    for loss in lost:
        out.row(_row(loss), _words(loss))
    row = {"event": "written", "file": str(target), "format": form.id,
           "sha256": sha256(target)}  # fmt: skip
    out.row(row, f"Written: {target}")


def _together(found: Iterable[Iterable[Loss]]) -> tuple[Loss, ...]:
    """What is lost of several plays, counted together."""
    report = Losses()
    for each in chain.from_iterable(found):
        report.add(each.severity, each.code, each.text, each.where, each.count)
    return report.rows()


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
