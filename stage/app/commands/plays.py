"""stage plays: what the library holds."""

import argparse

from stage.app.command import Command, Output, clean
from stage.app.reading import reading
from stage.kit import clock


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="those in the bin, too")


async def _run(args: argparse.Namespace, out: Output) -> int:
    async with reading(args.library, out.note) as library:
        plays = [each for each in await library.plays() if args.all or not each.discarded]
        if not plays:
            out.note("The library holds no play yet; perform one with stage play SCENE.")
        for play in plays:
            row = {
                "id": play.id,
                "title": play.title,
                "lines": play.lines,
                "deleted": play.deleted,
                "made": clock.iso(play.made),
                "changed": clock.iso(play.changed),
                "archived": play.archived,
                "discarded": play.discarded,
            }
            marks = {" [archived]": play.archived, " [in the bin]": play.discarded}
            title = clean(play.title) + "".join(mark for mark, on in marks.items() if on)
            lines = f"{play.lines:>6} lines"
            lines += f", {play.deleted} in the bin" if play.deleted else ""
            out.row(row, f"{play.id}  {lines}  {row['made']}  {title}")
    return 0


ENTRY = Command("plays", "list the plays of the library", _arguments, _run)
