"""stage export: a play in another form, on standard output or into a file."""

import argparse
from pathlib import Path

from stage.app.command import Command, Output
from stage.formats import FORMATS
from stage.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    names = [each.id for each in FORMATS if each.write]
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")
    parser.add_argument("--format", choices=names, default="markdown")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here (new file only)")


async def _run(args: argparse.Namespace, out: Output) -> int:
    library = await Library.open(args.library, mode="read")
    try:
        pass
    finally:
        await library.close()
    return 0


ENTRY = Command("export", "write a play as Markdown or JSON lines", _arguments, _run)
