"""stage redo: do again what was undone last in a play."""

import argparse

from stage.app.command import Command, Output
from stage.app.commands.do import report
from stage.app.house import open_house
from stage.kit.errors import BadInput


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")


async def _run(args: argparse.Namespace, out: Output) -> int:
    if not args.library.exists():
        raise BadInput(f"There is no library {args.library}; check the name.")
    async with open_house(args.library) as house:
        await report(house, await house.director.redo(args.play), "redo", out)
    return 0


ENTRY = Command("redo", "do again what was undone last", _arguments, _run)
