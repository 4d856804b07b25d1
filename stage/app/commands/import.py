"""stage import: a play from a file, whatever program wrote it, with a report of what was lost."""  # noqa: N999  a command and its module share a name

import argparse
import asyncio
import json
from dataclasses import asdict
from pathlib import Path

from stage.app.command import Command, Output, clean
from stage.app.commands.do import report
from stage.app.house import existing, open_house
from stage.director.arriving import Sort, sort_of
from stage.director.cards import read_lorebook
from stage.director.importing import sha256, take_in
from stage.director.working import Work
from stage.kit.errors import BadInput
from stage.kit.tasks import spawn
from stage.store.library import Library

_ELSEWHERE = {  # what takes it in
    Sort.BOOK: "--play PLAY puts its entries into a play's book, or with --member into a persona's",
    Sort.CARD: "stage persona import takes it in",
    Sort.SCENE: "stage play performs it",
    Sort.MODEL: "stage models --watch keeps it on the shelf",
    Sort.LIBRARY: "--library opens it",
}
_LOOK = 0.2  # seconds between two looks at how far it is


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="its content says what it is")
    parser.add_argument(
        "--dry-run", action="store_true", help="only report what would be made and lost"
    )

    parser.add_argument("--play", metavar="PLAY", help="of a lorebook: into which play it goes")
    parser.add_argument("--member", metavar="NAME", help="of a lorebook: into whose own book")
    parser.add_argument("--line", metavar="LINE", help="with --member: from which line on")


async def _lore(args: argparse.Namespace, out: Output) -> int:
    """Put the entries of a lorebook where they are wanted."""
    found = await read_lorebook(args.file)
    entries = len(found.book["entries"])
    told = f"{entries} {'entry' if entries == 1 else 'entries'}"
    for each in found.idle:
        out.row({"event": "loss", "severity": "opaque", "text": each}, f"kept, not used: {each}")
    if args.dry_run:
        out.row({"event": "lorebook", "name": found.name, "entries": entries},
                clean(f"not stored  {told}  {found.name}"))  # fmt: skip
        return 0
    async with open_house(existing(args.library)) as house:
        given = {"book": json.dumps(found.book), "member": args.member, "line": args.line}
        await report(house, await house.director.do(args.play, "lore", given), "lore", out)
    return 0


async def _run(args: argparse.Namespace, out: Output) -> int:
    sort = await sort_of(args.file)
    if sort is Sort.BOOK and (args.play or args.dry_run):
        return await _lore(args, out)
    if sort is not Sort.PLAY:
        raise BadInput(f"{args.file} is a {sort}, no play; {_ELSEWHERE[sort]}.")
    work = Work()
    drawing = spawn(_draw(work, out), name="progress")
    library = None if args.dry_run else await Library.open(args.library)
    try:
        taken = await take_in(library, args.file, work)
    finally:
        drawing.cancel()
        if library is not None:
            await library.close()
    for each in taken:
        for loss in each.losses:
            where = f" ({loss.where})" if loss.where else ""
            times = f", {loss.count} times" if loss.count > 1 else ""
            out.row(
                {"event": "loss", **asdict(loss)},
                clean(f"{loss.severity}: {loss.text}{where}{times}"),
            )
        row = {
            "event": "play", "id": each.play, "title": each.title, "lines": each.lines,
            "format": each.format, "file": str(args.file), "sha256": sha256(args.file),
            "model": each.model or None, "cards": list(each.cards),
        }  # fmt: skip
        count = "everything" if each.lines is None else f"{each.lines} lines"
        said = f"{each.play or 'not stored'}  {count}  {each.title}"
        said += f"  with {each.model}" if each.model else ""
        said += f"  known cards: {', '.join(each.cards)}" if each.cards else ""
        out.row(row, clean(said))
    return 0


async def _draw(work: Work, out: Output) -> None:
    while True:
        await asyncio.sleep(_LOOK)
        out.progress(f"{work.what} {work.done:,} of {work.total:,}" if work.total else work.what)


ENTRY = Command("import", "make a play of a file: Stage, Loomsidian, pyloom", _arguments, _run)
