"""stage plays: what the library holds."""

import argparse

from stage.app.command import Command, Output, clean
from stage.kit import clock
from stage.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing beside what every command takes."""


async def _run(args: argparse.Namespace, out: Output) -> int:
    library = await Library.open(args.library, mode="read")
    try:
        plays = await library.plays()
        if not plays:
            out.note("The library holds no play yet; perform one with stage play SCENE.")
        for play in plays:
            row = {
                "id": play.id,
                "title": play.title,
                "lines": play.lines,
                "made": clock.iso(play.made),
                "changed": clock.iso(play.changed),
            }
            out.row(row, f"{play.id}  {play.lines:>6} lines  {row['made']}  {clean(play.title)}")
    finally:
        await library.close()
    return 0


ENTRY = Command("plays", "list the plays of the library", _arguments, _run)
