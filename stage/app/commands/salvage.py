"""stage salvage: what can still be read of a damaged library, copied into a new one."""

import argparse
from dataclasses import asdict
from pathlib import Path

from stage.app.command import Command, Output, clean
from stage.kit import clock
from stage.store.care import recovering
from stage.store.care.salvaging import Saved
from stage.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the damaged file; never changed")
    parser.add_argument(
        "--into", type=Path, metavar="FILE", help="the new library (default: beside the file)"
    )


async def _run(args: argparse.Namespace, out: Output) -> int:
    stamp = clock.iso(clock.now()).replace(":", "")
    target = args.into or args.file.with_name(f"{args.file.stem}.salvaged.{stamp}.db")
    saved = recovering.salvage(args.file, target)
    for each in saved:
        out.row({"event": "play", **asdict(each)}, clean(_words(each)))
    library = await Library.open(target, mode="read")
    try:
        problems = await library.check()
    finally:
        await library.close()
    whole = sum(each.lines for each in saved)
    row = {"event": "salvaged", "file": str(target), "lines": whole, "problems": problems}
    out.row(row, f"{whole} lines of {len(saved)} plays are in {target}.")
    return 1 if problems or not whole else 0


def _words(saved: Saved) -> str:
    if saved.error:
        return f"{saved.play}  {saved.title}: lost ({saved.error})"
    said = [f"{saved.lines} lines"]
    said += [f"{saved.lost} lost"] if saved.lost else []
    said += [f"{len(saved.unsure)} tagged salvaged"] if saved.unsure else []
    said += [f"{len(saved.bare)} without their tokens"] if saved.bare else []
    scores = "its scores by other models are lost, or some of them"
    said += [f"{saved.scores} scores by other models lost"] if saved.scores else []
    said += [scores] if saved.scores is None else []
    said += [] if saved.history else ["its history begins anew"]
    return f"{saved.play}  {saved.title}: {', '.join(said)}"


ENTRY = Command("salvage", "copy what a damaged library still holds", _arguments, _run)
